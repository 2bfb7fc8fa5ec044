package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkStreamTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'think-tags'|<think>why </t so</think>\\n\\nbecause </think> yes|why </t so|because </think> yes",
                "'think-tags'|\\n<think>why</think>because|why|because",
                "'think-tags'|<think>never closed </thin|never closed </thin|``",
                "'think-tags'|<thin air|``|<thin air",
                "'think-tags'|<thin|``|<thin",
                "'think-tags'|no tags at all <think>x</think>|``|no tags at all <think>x</think>",
                "{'think-tags': 'open'}|why</think>\\nbecause|why|because",
                "{'think-tags': 'open'}|</think>because|``|because"
            })
    void a_stream_may_be_split_anywhere(String rule, String written, String reasoning, String answer) {
        String text = written.replace("\\n", "\n");
        for (int at = 0; at <= text.length(); at++) {
            List<JsonNode> chunks = streamed(rule, List.of(text.substring(0, at), text.substring(at)));

            assertThat(joined(chunks, "reasoning_content"))
                    .as("split at %d", at)
                    .isEqualTo(reasoning);
            assertThat(joined(chunks, "content")).as("split at %d", at).isEqualTo(answer);
        }
        List<JsonNode> letters = streamed(rule, Arrays.asList(text.split("", -1)));
        assertThat(joined(letters, "reasoning_content")).isEqualTo(reasoning);
        assertThat(joined(letters, "content")).isEqualTo(answer);
    }

    @Test
    void nothing_is_held_back_longer_than_needed() {
        List<JsonNode> chunks = streamed("'think-tags'", List.of("<think>", "why", " so", "</think>", "yes", " no"));

        assertThat(chunks.stream()
                        .map(chunk ->
                                chunk.at("/choices/0/delta/reasoning_content").asText("")))
                .startsWith("", "why", " so", "", "");
        assertThat(chunks.stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText("")))
                .containsSubsequence("yes", " no");
    }

    @Test
    void what_else_a_chunk_has_stays() {
        List<JsonNode> chunks = Lab.rest(stream(
                "'think-tags'",
                List.of(
                        object("{'id': 'x', 'choices': [{'index': 0, 'delta': {'role': 'assistant', 'content': ''}}]}"),
                        object(
                                "{'id': 'x', 'choices': [{'index': 0, 'delta': {'tool_calls': [{'index': 0}]}, 'logprobs': null}]}"),
                        object("{'id': 'x', 'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'tool_calls'}]}"),
                        object("{'id': 'x', 'choices': [], 'usage': {'prompt_tokens': 1}}"))));

        assertThat(chunks)
                .containsExactly(
                        json("{'id': 'x', 'choices': [{'index': 0, 'delta': {'role': 'assistant', 'content': ''}}]}"),
                        json("{'id': 'x', 'choices': [{'index': 0, 'delta': {'tool_calls': [{'index': 0}]},"
                                + " 'logprobs': null}]}"),
                        json("{'id': 'x', 'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'tool_calls'}]}"),
                        json("{'id': 'x', 'choices': [], 'usage': {'prompt_tokens': 1}}"));
    }

    @Test
    void each_choice_has_its_own_reasoning() {
        List<JsonNode> chunks = Lab.rest(
                stream(
                        "'think-tags'",
                        List.of(
                                object("{'choices': [{'index': 0, 'delta': {'content': '<think>a'}}]}"),
                                object("{'choices': [{'index': 1, 'delta': {'content': 'b'}}]}"),
                                object(
                                        "{'choices': [{'index': 0, 'delta': {'content': '</think>c'}, 'finish_reason': 'stop'}]}"))));

        assertThat(chunks)
                .containsExactly(
                        json("{'choices': [{'index': 0, 'delta': {'content': '', 'reasoning_content': 'a'}}]}"),
                        json("{'choices': [{'index': 1, 'delta': {'content': 'b'}}]}"),
                        json("{'choices': [{'index': 0, 'delta': {'content': 'c'}, 'finish_reason': 'stop'}]}"));
    }

    @Test
    void closing_it_closes_the_upstream() {
        Chunks source = new Chunks(List.of(object("{'choices': []}")));
        try (ModelStream stream = AdaptationRules.rule(json("'think-tags'")).stream(source)) {
            assertThat(stream.ready()).isTrue();
        }

        assertThat(source.closed).isTrue();
    }

    private static List<JsonNode> streamed(String rule, List<String> pieces) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (String piece : pieces) {
            ObjectNode chunk = object("{'choices': [{'index': 0, 'delta': {}, 'finish_reason': null}]}");
            ((ObjectNode) chunk.at("/choices/0/delta")).put("content", piece);
            chunks.add(chunk);
        }
        chunks.add(object("{'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}]}"));
        return Lab.rest(stream(rule, chunks));
    }

    private static ModelStream stream(String rule, List<ObjectNode> chunks) {
        return AdaptationRules.rule(json(rule)).stream(new Chunks(chunks));
    }

    private static String joined(List<JsonNode> chunks, String field) {
        return chunks.stream()
                .map(chunk -> Json.text(chunk.at("/choices/0/delta"), field))
                .collect(Collectors.joining());
    }

    /** A stream that is here already. */
    private static final class Chunks implements ModelStream {
        private final Deque<ObjectNode> waiting;
        private boolean closed;

        Chunks(List<ObjectNode> chunks) {
            waiting = new ArrayDeque<>(chunks);
        }

        @Override
        public Optional<ModelChunk> next() {
            return Optional.ofNullable(waiting.poll()).map(ModelChunk::new);
        }

        @Override
        public boolean ready() {
            return !waiting.isEmpty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
