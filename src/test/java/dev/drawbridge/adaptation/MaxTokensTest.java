package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.text.TokenEstimate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxTokensTest {
    private static final String PROMPT = "'messages': [{'role': 'user', 'content': '" + "word ".repeat(400) + "'}]";

    /** The limits are context, default and limit of the model; 0 is not known. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|500|0|{}|{'max_tokens': 500}|max_tokens=500(default)",
                "0|500|4096|{'max_tokens': null}|{'max_tokens': 500}|max_tokens=500(default)",
                "0|500|100|{}|{'max_tokens': 100}|max_tokens=100(default)",
                "0|500|4096|{'max_tokens': 9999}|{'max_tokens': 4096}|max_tokens=4096(clamped)",
                "0|500|4096|{'max_completion_tokens': 9999}|{'max_completion_tokens': 4096}"
                        + "|max_completion_tokens=4096(clamped)",
                "0|500|4096|{'max_tokens': 4096}|{'max_tokens': 4096}|",
                "0|500|4096|{'max_tokens': 1}|{'max_tokens': 1}|",
                "0|500|0|{'max_completion_tokens': 9999}|{'max_completion_tokens': 9999}|",
                "0|0|0|{}|{}|",
                "0|0|4096|{}|{}|",
                "0|0|0|{'max_tokens': 99999999999}|{'max_tokens': 99999999999}|",
                "100000|500|0|{'max_tokens': 5000}|{'max_tokens': 5000}|"
            })
    void the_length_is_set_or_lowered(
            long context, long byDefault, long limit, String request, String expected, @Nullable String report) {
        Adapted adapted = adapted(new ChatRequest(object(request)), Adapted.facts(context, byDefault, limit));

        assertThat(adapted.json()).isEqualTo(json(expected));
        assertThat(adapted.report()).isEqualTo(report == null ? List.of() : List.of(report));
    }

    @Test
    void what_the_context_has_left_is_the_most() {
        ChatRequest request = new ChatRequest(object("{" + PROMPT + ", 'max_tokens': 5000}"));
        long left = 1000 - TokenEstimate.ofPrompt(request);
        Adapted adapted = adapted(request, Adapted.facts(1000, 0, 4096));

        assertThat(left).isBetween(500L, 650L);
        assertThat(adapted.json().path("max_tokens").asLong()).isEqualTo(left);
        assertThat(adapted.report()).containsExactly("max_tokens=" + left + "(clamped)");
    }

    @Test
    void the_default_fits_into_what_is_left_too() {
        ChatRequest request = new ChatRequest(object("{" + PROMPT + "}"));
        long left = 600 - TokenEstimate.ofPrompt(request);

        assertThat(adapted(request, Adapted.facts(600, 500, 0)).report())
                .containsExactly("max_tokens=" + left + "(default)");
    }

    @Test
    void tools_and_images_leave_less() {
        String tools = ", 'tools': [{'type': 'function', 'function': {'name': 'f', 'description': '"
                + "word ".repeat(300) + "'}}], 'max_tokens': 5000}";
        JsonNode without = adapted(
                        new ChatRequest(object("{" + PROMPT + ", 'max_tokens': 5000}")), Adapted.facts(2000, 0, 0))
                .json();
        JsonNode with = adapted(new ChatRequest(object("{" + PROMPT + tools)), Adapted.facts(2000, 0, 0))
                .json();

        assertThat(without.path("max_tokens").asLong() - with.path("max_tokens").asLong())
                .isGreaterThan(250);
    }

    @Test
    void a_prompt_that_seems_to_fill_the_context_is_for_the_model_to_judge() {
        Adapted adapted =
                adapted(new ChatRequest(object("{" + PROMPT + ", 'max_tokens': 50}")), Adapted.facts(300, 0, 4096));

        assertThat(adapted.json().path("max_tokens").asInt()).isEqualTo(50);
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void completions_have_a_length_and_embeddings_have_none() {
        ModelFacts facts = Adapted.facts(0, 500, 4096);

        assertThat(adapted(new CompletionRequest(object("{'prompt': 'Hi'}")), facts)
                        .json())
                .isEqualTo(json("{'prompt': 'Hi', 'max_tokens': 500}"));
        assertThat(adapted(new EmbeddingRequest(object("{'input': 'Hi'}")), facts)
                        .json())
                .isEqualTo(json("{'input': 'Hi'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_completion_tokens|{'max_tokens': 5}|{'max_completion_tokens': 5}"
                        + "|max_tokens=max_completion_tokens(renamed)",
                "max_tokens|{'max_completion_tokens': 5}|{'max_tokens': 5}"
                        + "|max_completion_tokens=max_tokens(renamed)",
                "max_tokens|{'max_tokens': 5}|{'max_tokens': 5}|",
                "max_completion_tokens|{}|{}|",
                "max_tokens|{'max_tokens': 5, 'max_completion_tokens': 7}|{'max_tokens': 5}"
                        + "|max_completion_tokens=max_tokens(renamed)",
                "max_completion_tokens|{'max_tokens': 5, 'max_completion_tokens': 7}|{'max_completion_tokens': 7}"
                        + "|max_tokens=max_completion_tokens(renamed)"
            })
    void the_length_has_the_name_that_the_target_takes(
            String name, String request, String expected, @Nullable String report) {
        Adapted adapted = Adapted.chat("{'max-tokens-field': '" + name + "'}", request);

        assertThat(adapted.json()).isEqualTo(json(expected));
        assertThat(adapted.report()).isEqualTo(report == null ? List.of() : List.of(report));
    }

    @Test
    void an_embedding_has_no_length_to_rename() {
        Adaptation rule = AdaptationRules.rule(json("{'max-tokens-field': 'max_completion_tokens'}"));

        assertThat(Adapted.of(rule, new EmbeddingRequest(object("{'max_tokens': 5}")), Adapted.NOTHING_KNOWN)
                        .json())
                .isEqualTo(json("{'max_tokens': 5}"));
    }

    private static Adapted adapted(ModelRequest request, ModelFacts facts) {
        return Adapted.of(new MaxTokens(), request, facts);
    }
}
