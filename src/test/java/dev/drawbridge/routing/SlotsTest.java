package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.provider.Upstream;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots();
    private final Upstream small = upstream("small", 2);

    @Test
    void there_are_as_many_places_as_configured() {
        Slots.Slot first = slots.take(small).orElseThrow();
        assertThat(slots.take(small)).isPresent();
        assertThat(slots.take(small)).isEmpty();

        first.close();
        assertThat(slots.take(small)).isPresent();
        assertThat(slots.take(small)).isEmpty();
    }

    @Test
    void giving_a_place_back_twice_is_giving_it_back_once() {
        Slots.Slot first = slots.take(small).orElseThrow();
        slots.take(small);
        first.close();
        first.close();

        assertThat(slots.take(small)).isPresent();
        assertThat(slots.take(small)).isEmpty();
    }

    @Test
    void upstreams_do_not_share_their_places() {
        slots.take(small);
        slots.take(small);

        assertThat(slots.take(upstream("other", 1))).isPresent();
    }

    @Test
    void an_upstream_that_was_read_again_has_the_same_places() {
        slots.take(small);
        slots.take(upstream("small", 2));

        assertThat(slots.take(small)).isEmpty();
    }

    @Test
    void many_calls_at_once_are_never_more_than_the_places() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        Upstream upstream = upstream("busy", 5);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                threads.execute(() -> {
                    Optional<Slots.Slot> slot = slots.take(upstream);
                    slot.ifPresent(taken -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(100_000);
                        now.decrementAndGet();
                        served.incrementAndGet();
                        taken.close();
                    });
                });
            }
        }

        assertThat(most.get()).isBetween(1, 5);
        assertThat(served.get()).isPositive();
        for (int i = 0; i < 5; i++) {
            assertThat(slots.take(upstream)).isPresent();
        }
        assertThat(slots.take(upstream)).isEmpty();
    }

    private static Upstream upstream(String name, int places) {
        return Lab.upstream("{name: " + name + ", kind: demo, max-in-flight: " + places + "}");
    }
}
