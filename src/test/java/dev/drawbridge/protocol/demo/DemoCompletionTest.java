package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCompletionTest {

    @Test
    void an_answer_has_the_form_of_a_text_completion() {
        ObjectNode answer = Demo.answer(Demo.completion("'Once upon'", "'suffix':'the end'"));
        assertThat(answer.path("id").asText()).startsWith("cmpl-");
        assertThat(answer.path("object").asText()).isEqualTo("text_completion");
        JsonNode choice = answer.at("/choices/0");
        assertThat(choice.path("text").asText()).contains("\"Once upon\"").contains("demo model, not a language model");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.get("logprobs").isNull()).isTrue();
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
        assertThat(answer.at("/usage/completion_tokens").asInt())
                .isEqualTo(DemoTokens.count(choice.path("text").asText()));
    }

    @Test
    void each_prompt_has_its_own_answers() {
        ObjectNode answer = Demo.answer(Demo.completion("['one','two']", "'n':2"));
        assertThat(answer.path("choices"))
                .extracting(choice -> choice.path("index").asInt())
                .containsExactly(0, 1, 2, 3);
        assertThat(answer.at("/choices/1/text").asText()).contains("\"one\"");
        assertThat(answer.at("/choices/2/text").asText()).contains("\"two\"");
    }

    @Test
    void token_numbers_are_a_prompt_too() {
        assertThat(Demo.answer(Demo.completion("[5,6,7]", ""))
                        .at("/usage/prompt_tokens")
                        .asInt())
                .isEqualTo(3);
        ObjectNode two = Demo.answer(Demo.completion("[[5,6],[7]]", ""));
        assertThat(two.path("choices")).hasSize(2);
        assertThat(two.at("/choices/0/text").asText()).contains("\"5 6\"");
    }

    @Test
    void the_prompt_is_repeated_when_asked_for() {
        ObjectNode answer = Demo.answer(Demo.completion("'Say it:'", "'echo':true,'max_tokens':2"));
        assertThat(answer.at("/choices/0/text").asText()).isEqualTo("Say it: Hello!");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        assertThat(Demo.answer(Demo.completion("'Say it:'", "'echo':true,'max_tokens':0"))
                        .at("/choices/0/text")
                        .asText())
                .isEqualTo("Say it:");
    }

    @Test
    void likely_tokens_have_their_place_in_the_text() {
        JsonNode logprobs = Demo.answer(Demo.completion("'Hm'", "'echo':true,'max_tokens':2,'logprobs':2"))
                .at("/choices/0/logprobs");
        assertThat(logprobs.path("tokens")).isEqualTo(Demo.json("['Hm',' Hello','!']"));
        assertThat(logprobs.path("text_offset")).isEqualTo(Demo.json("[0,2,8]"));
        assertThat(logprobs.path("token_logprobs")).hasSize(3);
        assertThat(logprobs.at("/top_logprobs/1")).hasSize(2);
        assertThat(logprobs.at("/top_logprobs/1").has(" Hello")).isTrue();
    }

    @Test
    void a_stream_says_the_same_as_the_answer() {
        String more = "'n':2,'echo':true,'logprobs':1";
        ObjectNode whole = Demo.answer(Demo.completion("'Hm hm'", more));
        List<ObjectNode> chunks = Demo.chunks(Demo.completion("'Hm hm'", more));
        for (int index : new int[] {0, 1}) {
            List<ObjectNode> own = chunks.stream()
                    .filter(chunk -> chunk.at("/choices/0/index").asInt(-1) == index)
                    .toList();
            assertThat(Demo.joined(own, "/choices/0/text"))
                    .isEqualTo(whole.path("choices").get(index).path("text").asText());
            assertThat(own.get(own.size() - 1).at("/choices/0/finish_reason").asText())
                    .isEqualTo("stop");
            assertThat(own.get(2).at("/choices/0/logprobs/text_offset/0").asInt())
                    .isEqualTo(5);
        }
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.path("object").asText()).isEqualTo("text_completion"));
        ObjectNode last = chunks.get(chunks.size() - 1);
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage")).isEqualTo(whole.path("usage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "{}", "[true]", "[[]]", "['a',1]", "[[1,'a']]"})
    void what_is_no_prompt_is_refused(String prompt) {
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> Demo.answer(Demo.completion(prompt, "")));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("prompt");
    }

    @Test
    void too_many_answers_are_refused() {
        String prompts = "['a'" + ",'a'".repeat(20) + "]";
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> Demo.answer(Demo.completion(prompts, "'n':128")));
        assertThat(failure.param()).contains("n");
    }
}
