package dev.drawbridge.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallScopeTest {
    private final CallScope scope = new CallScope();
    private final List<String> done = new ArrayList<>();

    @Test
    void its_end_ends_all_that_was_begun_in_it_and_only_once() {
        scope.onEnd(() -> done.add("first"));
        scope.onEnd(() -> done.add("second"));

        scope.end();
        scope.end();

        assertThat(done).containsExactly("first", "second");
        assertThat(scope.hasEnded()).isTrue();
    }

    @Test
    void what_is_closed_before_is_left_alone() {
        try (CallScope.Watch watch = scope.onEnd(() -> done.add("closed"))) {
            assertThat(watch).isNotNull();
        }

        scope.end();

        assertThat(done).isEmpty();
    }

    @Test
    void what_begins_after_the_end_ends_at_once() {
        scope.end();

        scope.onEnd(() -> done.add("late"));

        assertThat(done).containsExactly("late");
    }

    @Test
    void a_pause_is_cut_short_by_the_end() throws InterruptedException {
        assertThat(scope.pause(Duration.ofMillis(1))).isTrue();

        Thread ends = Thread.ofVirtual().start(scope::end);

        assertThat(scope.pause(Duration.ofMinutes(1))).isFalse();
        ends.join();
    }
}
