package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a call waits for a target, and which failure it ends with. */
class PatienceTest extends AttemptsLab {
    @Test
    void the_first_failure_that_may_pass_is_the_one_that_is_told() {
        fails("a", ErrorKind.UPSTREAM_UNAUTHORIZED);
        fails("b", ErrorKind.RATE_LIMITED, ErrorKind.UPSTREAM_ERROR, ErrorKind.OVERLOADED);
        fails("c", ErrorKind.TIMEOUT);

        GatewayException failure = failure(targets);

        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("b/m failed");
    }

    @Test
    void the_shortest_wait_of_all_is_told() {
        failures.put("a", new ArrayList<>(List.of(limited(Duration.ofSeconds(30)))));
        failures.put("b", new ArrayList<>(List.of(limited(Duration.ofSeconds(20)))));
        fails("c", ErrorKind.TIMEOUT);

        assertThat(failure(targets).retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void nobody_is_asked_again_after_the_client_has_gone() {
        attempts =
                new Attempts(new RetryConfig(3, Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO), tries, scope);
        fails("a", ErrorKind.OVERLOADED, ErrorKind.OVERLOADED);
        Thread.ofVirtual().start(() -> {
            scope.pause(Duration.ofMillis(100));
            scope.end();
        });

        assertThat(failure(List.of(targets.getFirst())).kind()).isEqualTo(ErrorKind.CLIENT_GONE);
        assertThat(asked).hasSize(1);
    }

    @Test
    void one_attempt_is_no_retry() {
        attempts =
                new Attempts(new RetryConfig(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO), tries, scope);
        fails("a", ErrorKind.OVERLOADED, ErrorKind.OVERLOADED);

        assertThat(failure(List.of(targets.getFirst())).kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void the_wait_that_an_upstream_asks_for_is_kept() {
        failures.put("a", new ArrayList<>(List.of(limited(Duration.ofMillis(250)))));
        long start = System.nanoTime();

        first(List.of(targets.getFirst()));

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(2));
    }

    @Test
    void a_longer_wait_than_the_longest_is_not_waited() {
        failures.put("a", new ArrayList<>(List.of(limited(Duration.ofSeconds(30)))));
        long start = System.nanoTime();

        assertThat(failure(List.of(targets.getFirst())).retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(asked).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void whoever_is_interrupted_while_waiting_gets_the_first_failure() {
        attempts =
                new Attempts(new RetryConfig(3, Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO), tries, scope);
        fails("a", ErrorKind.OVERLOADED, ErrorKind.OVERLOADED);
        Thread.currentThread().interrupt();

        assertThat(failure(List.of(targets.getFirst())).kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void when_all_breakers_are_open_all_are_asked_all_the_same() {
        targets.forEach(this::breakOpen);
        fails("a", ErrorKind.UPSTREAM_ERROR);
        fails("b", ErrorKind.TIMEOUT);

        assertThat(first(targets).content()).isEqualTo("from c/m");
        assertThat(asked).containsExactly("a/m", "b/m", "c/m");
    }

    @Test
    void the_only_target_is_left_alone_while_its_breaker_is_open() {
        breakOpen(targets.getFirst());

        GatewayException failure = failure(List.of(targets.getFirst()));

        assertThat(failure.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(failure.retryAfter()).isPresent();
        assertThat(asked).isEmpty();
    }

    private void breakOpen(Target target) {
        while (states.of(target).closedFor().isZero()) {
            try (Lease lease = states.of(target).take(target, scope, Lease.Manner.PASSING)) {
                lease.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "broken"));
            }
        }
    }
}
