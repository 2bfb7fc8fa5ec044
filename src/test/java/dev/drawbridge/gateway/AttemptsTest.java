package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.adaptation.AdaptationRules;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptsTest extends AttemptsLab {
    @Test
    void the_first_target_that_succeeds_answers() {
        fails("a", ErrorKind.UPSTREAM_ERROR);
        Answer<String> answer = first(targets);
        assertThat(asked).containsExactly("a/m", "b/m");
        assertThat(answer.content()).isEqualTo("from b/m");
        assertThat(answer.target()).hasToString("b/m");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(tries.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTENT_FILTER", "INTERNAL"})
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
    void a_prompt_that_is_too_long_goes_only_to_a_target_with_more_room() {
        fails("a", ErrorKind.CONTEXT_LENGTH);

        Answer<String> answer = first(List.of(roomy(a, 8000), roomy(b, 8000), target(c), roomy(c, 32_000)));

        assertThat(asked).containsExactly("a/m", "c/m");
        assertThat(answer.target().facts().context()).hasValue(32_000);
    }

    @Test
    void a_prompt_that_is_too_long_for_all_is_told_so() {
        fails("a", ErrorKind.CONTEXT_LENGTH);

        assertThat(failure(targets).kind()).isEqualTo(ErrorKind.CONTEXT_LENGTH);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void an_upstream_without_a_free_place_is_passed_over() {
        Lease taken = states.of(target(a)).take(target(a), scope, Manner.PASSING);

        assertThat(first(targets).target()).hasToString("b/m");
        assertThat(asked).containsExactly("b/m");
        assertThat(tries.count()).isEqualTo(1);
        taken.close();
    }

    @Test
    void no_free_place_anywhere_is_a_failure_that_says_so() {
        Lease taken = states.of(target(a)).take(target(a), scope, Manner.PASSING);

        GatewayException failure = failure(List.of(targets.getFirst()));

        assertThat(failure.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(failure.message()).isEqualTo("all places at upstream a are taken");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(asked).isEmpty();
        taken.close();
    }

    @Test
    void a_mistake_in_a_provider_gives_the_place_back() {
        assertThatThrownBy(() -> ask(targets, (adapted, lease, own) -> {
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

        Answer<String> answer = ask(List.of(refusing, dropping), (adapted, lease, own) -> {
            seen.add(adapted);
            lease.close();
            return "done";
        });

        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(answer.adapted()).containsExactly("dropped=user");
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().json()).isEqualTo(Lab.json("{'model': 'at-b'}"));
        assertThat(request.json()).isEqualTo(Lab.json("{'model': 'asked', 'user': 'u'}"));
    }
}
