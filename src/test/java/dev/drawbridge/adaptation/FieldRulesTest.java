package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRulesTest {

    @Test
    void fields_are_dropped_and_reported() {
        Adapted adapted = Adapted.chat(
                "{'drop': ['logit_bias', 'user', 'absent']}", "{'model': 'm', 'logit_bias': {'1': 2}, 'user': null}");

        assertThat(adapted.json()).isEqualTo(json("{'model': 'm'}"));
        assertThat(adapted.report()).containsExactly("dropped=logit_bias", "dropped=user");
    }

    @Test
    void what_is_not_there_is_not_dropped() {
        Adapted adapted = Adapted.chat("{'drop': ['user']}", "{'model': 'm'}");

        assertThat(adapted.json()).isEqualTo(json("{'model': 'm'}"));
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void only_known_fields_are_kept() {
        Adapted adapted =
                Adapted.chat("{'keep-only': ['model', 'n', 'seed']}", "{'model': 'm', 'top_k': 1, 'n': 2, 'x': null}");

        assertThat(adapted.json()).isEqualTo(json("{'model': 'm', 'n': 2}"));
        assertThat(adapted.report()).containsExactly("dropped=top_k", "dropped=x");
    }

    @Test
    void the_fields_to_keep_may_differ_by_the_kind_of_call() {
        Adaptation rule = AdaptationRules.rule(json("{'keep-only': {'chat': ['model', 'a'], 'embedding': ['b']}}"));
        String request = "{'model': 'm', 'a': 1, 'b': 2}";

        assertThat(adapted(rule, new ChatRequest(object(request)))).isEqualTo(json("{'model': 'm', 'a': 1}"));
        assertThat(adapted(rule, new EmbeddingRequest(object(request)))).isEqualTo(json("{'b': 2}"));
        assertThat(adapted(rule, new CompletionRequest(object(request)))).isEqualTo(json(request));
    }

    @Test
    void a_list_of_fields_to_keep_is_for_all_kinds_of_call() {
        Adaptation rule = AdaptationRules.rule(json("{'keep-only': ['a']}"));

        assertThat(adapted(rule, new CompletionRequest(object("{'a': 1, 'b': 2}"))))
                .isEqualTo(json("{'a': 1}"));
        assertThat(adapted(rule, new EmbeddingRequest(object("{'a': 1, 'b': 2}"))))
                .isEqualTo(json("{'a': 1}"));
    }

    @Test
    void a_field_gets_the_name_that_the_target_knows() {
        Adapted adapted = Adapted.chat(
                "{'rename': {'seed': 'random_seed', 'dimensions': 'output_dimension'}}", "{'model': 'm', 'seed': 42}");

        assertThat(adapted.json()).isEqualTo(json("{'model': 'm', 'random_seed': 42}"));
        assertThat(adapted.report()).containsExactly("seed=random_seed(renamed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "128", "'2'", "'many'"})
    void more_than_one_choice_is_refused(String n) {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> Adapted.chat("{'refuse': ['n']}", "{'n': " + n + "}"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED_PARAMETER);
        assertThat(failure.message()).isEqualTo("this model does not support n above 1");
        assertThat(failure.param()).contains("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'n': 1}", "{'n': null}", "{'logprobs': false}", "{'logprobs': null, 'n': 1}"})
    void what_asks_for_nothing_special_is_not_refused(String request) {
        Adapted adapted = Adapted.chat("{'refuse': ['n', 'logprobs']}", request);

        assertThat(adapted.json()).isEqualTo(json(request));
        assertThat(adapted.report()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"logprobs|true", "tools|[]", "top_logprobs|1", "logit_bias|{'1': 2}", "logprobs|0"})
    void any_other_field_is_refused_where_it_asks_for_something(String field, String value) {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class,
                () -> Adapted.chat("{'refuse': ['" + field + "']}", "{'" + field + "': " + value + "}"));

        assertThat(failure.message()).isEqualTo("this model does not support " + field);
        assertThat(failure.param()).contains(field);
    }

    private static Object adapted(Adaptation rule, ModelRequest request) {
        return Adapted.of(rule, request, Adapted.NOTHING_KNOWN).json();
    }
}
