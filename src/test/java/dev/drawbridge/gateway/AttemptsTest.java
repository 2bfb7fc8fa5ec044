package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.adaptation.AdaptationRules;
import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptsTest {
    private static final RetryConfig QUICK = new RetryConfig(3, Duration.ofMillis(1), Duration.ofMillis(300));

    private final Slots slots = new Slots();
    private final Upstream a = Lab.upstream("{name: a, kind: demo, max-in-flight: 1}");
    private final Upstream b = Lab.upstream("{name: b, kind: demo, max-in-flight: 1}");
    private final Upstream c = Lab.upstream("{name: c, kind: demo, max-in-flight: 1}");
    private final List<Target> targets = List.of(target(a), target(b), target(c));
    private final ModelRequest request = Lab.chat("{'model': 'asked', 'user': 'u'}");
    private final Map<String, List<GatewayException>> failures = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Attempts attempts = new Attempts(QUICK, slots);

    @AfterEach
    void every_place_is_free_again() {
        for (Upstream upstream : List.of(a, b, c)) {
            assertThat(slots.take(upstream)).as(upstream.name()).isPresent();
        }
    }

    @Test
    void the_first_target_that_succeeds_answers() {
        fails("a", ErrorKind.UPSTREAM_ERROR);
        Answer<String> answer = first(targets);
        assertThat(asked).containsExactly("a/m", "b/m");
        assertThat(answer.content()).isEqualTo("from b/m");
        assertThat(answer.target()).hasToString("b/m");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(attempts.tried()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTEXT_LENGTH", "CONTENT_FILTER", "TOO_LARGE", "INTERNAL"})
    void a_failure_that_is_final_ends_the_call_at_once(ErrorKind kind) {
        fails("a", kind);

        assertThat(failure(targets).kind()).isEqualTo(kind);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void a_final_failure_counts_even_after_others() {
        fails("a", ErrorKind.UPSTREAM_ERROR);
        fails("b", ErrorKind.CONTENT_FILTER);

        assertThat(failure(targets).kind()).isEqualTo(ErrorKind.CONTENT_FILTER);
        assertThat(asked).containsExactly("a/m", "b/m");
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "UPSTREAM_ERROR", "OVERLOADED"})
    void a_failure_that_may_pass_is_tried_again_on_the_same_target(ErrorKind kind) {
        fails("a", kind, kind);

        assertThat(first(List.of(targets.getFirst())).attempts()).isEqualTo(3);
        assertThat(asked).containsExactly("a/m", "a/m", "a/m");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TIMEOUT",
                "UPSTREAM_UNAUTHORIZED",
                "UPSTREAM_FORBIDDEN",
                "UPSTREAM_MODEL_NOT_FOUND",
                "QUOTA_EXHAUSTED",
                "UNSUPPORTED_PARAMETER"
            })
    void any_other_failure_goes_to_the_next_target_and_never_back(ErrorKind kind) {
        fails("a", kind);
        fails("b", kind);

        assertThat(failure(targets.subList(0, 2)).kind()).isEqualTo(kind);
        assertThat(asked).containsExactly("a/m", "b/m");
    }

    @Test
    void targets_are_tried_again_only_after_all_others_and_only_those_that_may_recover() {
        fails("a", ErrorKind.OVERLOADED, ErrorKind.OVERLOADED);
        fails("b", ErrorKind.UPSTREAM_UNAUTHORIZED);
        fails("c", ErrorKind.UPSTREAM_ERROR, ErrorKind.TIMEOUT);

        assertThat(first(targets).target()).hasToString("a/m");
        assertThat(asked).containsExactly("a/m", "b/m", "c/m", "a/m", "c/m", "a/m");
    }

    @Test
    void the_first_failure_is_the_one_that_is_told() {
        fails("a", ErrorKind.RATE_LIMITED, ErrorKind.UPSTREAM_ERROR, ErrorKind.OVERLOADED);
        fails("b", ErrorKind.UPSTREAM_UNAUTHORIZED);
        fails("c", ErrorKind.TIMEOUT);

        GatewayException failure = failure(targets);

        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("a/m failed");
    }

    @Test
    void one_attempt_is_no_retry() {
        attempts = new Attempts(new RetryConfig(1, Duration.ofHours(1), Duration.ofHours(1)), slots);
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
        attempts = new Attempts(new RetryConfig(3, Duration.ofHours(1), Duration.ofHours(1)), slots);
        fails("a", ErrorKind.OVERLOADED, ErrorKind.OVERLOADED);
        Thread.currentThread().interrupt();

        assertThat(failure(List.of(targets.getFirst())).kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_upstream_without_a_free_place_is_passed_over() {
        Slots.Slot taken = slots.take(a).orElseThrow();

        assertThat(first(targets).target()).hasToString("b/m");
        assertThat(asked).containsExactly("b/m");
        assertThat(attempts.tried()).isEqualTo(2);
        taken.close();
    }

    @Test
    void no_free_place_anywhere_is_a_failure_that_says_so() {
        Slots.Slot taken = slots.take(a).orElseThrow();

        GatewayException failure = failure(List.of(targets.getFirst()));

        assertThat(failure.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(failure.message()).isEqualTo("all places at upstream a are taken");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(asked).isEmpty();
        taken.close();
    }

    @Test
    void a_mistake_in_a_provider_gives_the_place_back() {
        assertThatThrownBy(() -> attempts.first(targets, request, (target, adapted, slot) -> {
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void each_target_gets_the_request_in_its_own_form() {
        List<ModelRequest> seen = new ArrayList<>();
        Target refusing = new Target(
                a, "at-a", targets.getFirst().facts(), List.of(AdaptationRules.rule(Lab.json("{'refuse': ['user']}"))));
        Target dropping = new Target(
                b, "at-b", targets.getFirst().facts(), List.of(AdaptationRules.rule(Lab.json("{'drop': ['user']}"))));

        Answer<String> answer = attempts.first(List.of(refusing, dropping), request, (target, adapted, slot) -> {
            seen.add(adapted);
            slot.close();
            return "done";
        });

        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(answer.adapted()).containsExactly("dropped=user");
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().json()).isEqualTo(Lab.json("{'model': 'at-b'}"));
        assertThat(request.json()).isEqualTo(Lab.json("{'model': 'asked', 'user': 'u'}"));
    }

    private Answer<String> first(List<Target> from) {
        return attempts.first(from, request, (target, adapted, slot) -> {
            asked.add(target.toString());
            List<GatewayException> waiting =
                    failures.getOrDefault(target.upstream().name(), new ArrayList<>());
            if (!waiting.isEmpty()) {
                throw waiting.removeFirst();
            }
            slot.close();
            return "from " + target;
        });
    }

    private GatewayException failure(List<Target> from) {
        return catchThrowableOfType(GatewayException.class, () -> first(from));
    }

    private void fails(String upstream, ErrorKind... kinds) {
        List<GatewayException> waiting = new ArrayList<>();
        for (ErrorKind kind : kinds) {
            waiting.add(new GatewayException(kind, upstream + "/m failed"));
        }
        failures.put(upstream, waiting);
    }

    private static GatewayException limited(Duration wait) {
        return new GatewayException(ErrorKind.RATE_LIMITED, "slow down").withRetryAfter(wait);
    }

    private static Target target(Upstream upstream) {
        return Lab.target(upstream, "m");
    }
}
