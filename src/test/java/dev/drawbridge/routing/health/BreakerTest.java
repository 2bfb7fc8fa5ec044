package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration INSTANT = Duration.ofMillis(2);

    private Ward ward = new Ward("");

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void few_failures_say_nothing_and_half_of_the_calls_are_too_many() {
        ward.fail(4);
        assertThat(ward.state().closedFor()).isZero();

        ward.fail(1);

        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ward.said())
                .containsExactly("WARNING lab/m: closed -> open, for 5.0 s, 100 % of the last 5 calls failed");
    }

    @Test
    void only_the_last_calls_count() {
        ward.succeed(100);
        ward.fail(9);
        assertThat(ward.state().closedFor()).isZero();

        ward.fail(1);

        assertThat(ward.state().closedFor()).isPositive();
    }

    @Test
    void an_open_one_refuses_and_says_for_how_long() {
        ward.fail(5);
        ward.pass(Duration.ofSeconds(2));

        GatewayException refusal = catchThrowableOfType(GatewayException.class, ward::take);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(refusal.message()).contains("lab/m has failed too often");
        assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3001));
        ward.pass(refusal.retryAfter().orElseThrow());
        ward.succeed(1);
    }

    @Test
    void two_calls_try_and_their_success_is_its_recovery() {
        ward.fail(5);
        ward.pass(Duration.ofSeconds(5));
        ward.said();

        try (Lease first = ward.take();
                Lease second = ward.take()) {
            assertThat(ward.state().closedFor()).isPositive();
            assertThat(catchThrowableOfType(GatewayException.class, ward::take).kind())
                    .isEqualTo(ErrorKind.OVERLOADED);
            first.answered(1);
            second.answered(1);
        }

        assertThat(ward.state().closedFor()).isZero();
        assertThat(ward.said())
                .containsExactly(
                        "INFO lab/m: open -> half-open, 2 calls try it", "INFO lab/m: half-open -> closed, recovered");
    }

    @Test
    void each_time_in_a_row_it_is_left_alone_twice_as_long_up_to_a_limit() {
        ward.fail(5);
        for (int seconds : List.of(10, 20, 40, 60, 60)) {
            ward.pass(ward.state().closedFor());
            ward.fail(2);
            assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(seconds));
        }
        ward.pass(Duration.ofSeconds(60));
        ward.succeed(2);
        ward.fail(5);
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void after_its_recovery_it_gets_its_share_little_by_little() {
        assertThat(ward.state().warmth()).isEqualTo(1);
        ward.fail(5);
        ward.pass(Duration.ofSeconds(5));
        ward.succeed(2);

        assertThat(ward.state().warmth()).isEqualTo(0.1, within(0.001));
        ward.pass(Duration.ofSeconds(15));
        assertThat(ward.state().warmth()).isEqualTo(0.55, within(0.001));
        ward.pass(Duration.ofSeconds(15));
        assertThat(ward.state().warmth()).isEqualTo(1);
    }

    @Test
    void what_says_nothing_of_the_target_does_not_count() {
        ward.fail(20, new GatewayException(ErrorKind.INVALID_REQUEST, "your fault"));
        ward.fail(20, new GatewayException(ErrorKind.CLIENT_GONE, "gone"));
        assertThat(ward.state().closedFor()).isZero();

        ward.fail(5);
        ward.pass(Duration.ofSeconds(5));
        // Calls that end without a verdict leave their tries to others.
        for (int i = 0; i < 10; i++) {
            ward.take().close();
        }
        ward.succeed(2);
        assertThat(ward.states.all().getFirst().state()).isEqualTo("closed");
    }

    @Test
    void a_verdict_counts_only_in_the_state_in_which_its_call_began() {
        Lease early = ward.take();
        Lease other = ward.take();
        ward.fail(5);
        ward.pass(Duration.ofSeconds(5));
        Lease trying = ward.take();

        early.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "an old story"));
        early.close();
        other.close();

        assertThat(ward.states.all().getFirst().state()).isEqualTo("half-open");
        try (Lease second = ward.take()) {
            assertThat(ward.state().closedFor()).isPositive();
            second.answered(1);
        }
        trying.answered(1);
        trying.close();
        assertThat(ward.states.all().getFirst().state()).isEqualTo("closed");
    }

    @Test
    void calls_that_try_for_minutes_keep_others_waiting_only_for_seconds() {
        ward.fail(5);
        ward.pass(Duration.ofSeconds(5));
        Lease first = ward.take();
        Lease second = ward.take();
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(5));

        ward.pass(Duration.ofSeconds(5));
        ward.succeed(1);
        ward.pass(Duration.ofSeconds(5));
        ward.succeed(1);

        assertThat(ward.states.all().getFirst().state()).isEqualTo("closed");
        first.close();
        second.close();
    }

    @Test
    void an_answer_that_breaks_off_is_a_failure_too() {
        for (int i = 0; i < 5; i++) {
            try (Lease lease = ward.take()) {
                lease.answered(1);
                lease.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "cut off"));
            }
            if (ward.state().closedFor().isPositive()) {
                return;
            }
        }
        assertThat(ward.state().closedFor()).isPositive();
    }

    @Test
    void each_upstream_has_settings_of_its_own() {
        ward.close();
        ward = new Ward("breaker: {window: 4, minimum-calls: 2, failure-rate: 100%, open: 100ms, max-open: 150ms},"
                + " slow-start: 0s");
        ward.fail(1);
        ward.succeed(1);
        ward.fail(3);
        assertThat(ward.state().closedFor()).isZero();
        ward.fail(1);
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofMillis(100));
        ward.pass(INSTANT.multipliedBy(50));
        ward.fail(2);
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofMillis(150));
        ward.pass(Duration.ofMillis(150));
        ward.succeed(2);
        assertThat(ward.state().warmth()).isEqualTo(1);
    }
}
