package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkTagsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'think-tags'|<think>why</think>because|why|because",
                "'think-tags'|<think>\\nwhy\\nso\\n</think>\\n\\nbecause\\n|why\\nso|because\\n",
                "'think-tags'|\\n <think>why</think> because|why|because",
                "'think-tags'|<think>a <think> b</think>c </think> d|a <think> b|c </think> d",
                "'think-tags'|<think>never closed|never closed|``",
                "'think-tags'|<think>why</think>|why|``",
                "{'think-tags': 'open'}|why</think>because|why|because",
                "{'think-tags': 'open'}|why\\n</think>\\n\\nbecause </think>|why|because </think>"
            })
    void reasoning_moves_to_its_own_field(String rule, String text, String reasoning, String answer) {
        JsonNode message = replied(
                        rule,
                        "{'choices': [{'index': 0, 'message': {'role': 'assistant', 'content': '" + text
                                + "'}, 'finish_reason': 'stop'}]}")
                .at("/choices/0/message");

        assertThat(message.path("reasoning_content").asText()).isEqualTo(reasoning.replace("\\n", "\n"));
        assertThat(message.path("content").asText()).isEqualTo(answer.replace("\\n", "\n"));
        assertThat(message.path("role").asText()).isEqualTo("assistant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "because",
                "I write <think>tags</think> about",
                "<thinking>no</thinking>",
                "why</think>x",
                "<think></think>"
            })
    void a_text_without_reasoning_stays(String text) {
        String reply = "{'choices': [{'message': {'role': 'assistant', 'content': '" + text + "'}}]}";

        assertThat(replied("'think-tags'", reply)).isEqualTo(json(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'choices': []}",
                "{'choices': [{'message': {'content': null, 'tool_calls': []}}]}",
                "{'choices': [{'text': '<think>a</think>b'}]}",
                "{'choices': [{'message': {'content': [{'text': 'a'}]}}]}"
            })
    void a_reply_without_a_text_message_has_no_reasoning(String reply) {
        assertThat(replied("'think-tags'", reply).path("choices"))
                .isEqualTo(
                        json(reply).path("choices").isMissingNode()
                                ? Json.array()
                                : json(reply).path("choices"));
    }

    @Test
    void each_choice_is_split() {
        JsonNode reply = replied("'think-tags'", """
                {'id': 'x', 'usage': {'prompt_tokens': 1}, 'choices': [{'message': {'content': '<think>a</think>b'}},
                  {'message': {'content': 'c'}}, {'message': {'content': '<think>d</think>e'}}]}""");

        assertThat(reply).isEqualTo(json("""
                {'id': 'x', 'usage': {'prompt_tokens': 1}, 'choices': [
                  {'message': {'content': 'b', 'reasoning_content': 'a'}}, {'message': {'content': 'c'}},
                  {'message': {'content': 'e', 'reasoning_content': 'd'}}]}"""));
    }

    private static JsonNode replied(String rule, String reply) {
        ObjectNode original = object(reply);
        JsonNode result =
                AdaptationRules.rule(json(rule)).reply(new ModelReply(original)).json();
        assertThat(original).as("the upstream's own reply").isEqualTo(object(reply));
        return result;
    }
}
