package dev.drawbridge.protocol.ollama.upstream;

import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.chat;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.completion;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.embedding;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaStreamTest {
    private static final ChatRequest HELLO = chat("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

    private final OllamaLab lab = new OllamaLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void lines_become_chunks_with_role_first_finish_and_usage_last() {
        answering("/api/chat", """
                {"model":"m","created_at":"2026-08-22T10:00:00Z","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}
                {"model":"m","created_at":"2026-08-22T10:00:01Z","message":{"role":"assistant","content":"Hi"},"done":false}
                {"model":"m","created_at":"2026-08-22T10:00:02Z","message":{"role":"assistant","content":" you"},"done":false}
                {"model":"m","created_at":"2026-08-22T10:00:03Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2}
                """);

        List<JsonNode> chunks = lab.stream(HELLO);

        assertThat(lab.asked().path("stream").asBoolean()).isTrue();
        assertThat(chunks)
                .extracting(chunk -> chunk.path("choices").path(0).path("delta"))
                .containsExactly(
                        json("{\"role\":\"assistant\",\"content\":\"\"}"),
                        json("{\"reasoning_content\":\"hm\"}"),
                        json("{\"content\":\"Hi\"}"),
                        json("{\"content\":\" you\"}"),
                        json("{}"),
                        chunks.getLast().path("missing"));
        assertThat(finishReasons(chunks)).containsExactly("null", "null", "null", "null", "stop", "");
        assertThat(chunks.getLast().path("choices")).isEqualTo(json("[]"));
        assertThat(chunks.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(5);
        assertThat(chunks)
                .extracting(chunk -> chunk.path("id").asText())
                .containsOnly(chunks.getFirst().path("id").asText());
        assertThat(chunks).extracting(chunk -> chunk.path("created").asLong()).containsOnly(1_787_392_800L);
        assertThat(chunks).extracting(chunk -> chunk.path("object").asText()).containsOnly("chat.completion.chunk");
    }

    @Test
    void tool_calls_come_whole_with_ascending_indexes() {
        answering("/api/chat", """
                {"model":"m","message":{"content":"","tool_calls":[{"id":"call_a","function":{"index":0,"name":"f","arguments":{"x":1}}}]},"done":false}
                {"model":"m","message":{"content":"","tool_calls":[{"id":"call_b","function":{"index":0,"name":"g","arguments":{}}}]},"done":false}
                {"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}
                """);

        List<JsonNode> chunks = lab.stream(HELLO);

        assertThat(chunks)
                .extracting(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .contains(
                        json(
                                "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"),
                        json(
                                "{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"));
        assertThat(finishReasons(chunks)).containsExactly("null", "null", "null", "tool_calls");
    }

    @Test
    void the_probabilities_of_a_line_go_with_its_text() {
        answering("/api/chat", """
                {"model":"m","message":{"content":"Hi"},"logprobs":[{"token":"Hi","logprob":-1}],"done":false}
                {"model":"m","message":{"content":""},"done":true,"done_reason":"length"}
                """);

        List<JsonNode> chunks = lab.stream(HELLO);

        assertThat(chunks.get(1).at("/choices/0/logprobs"))
                .isEqualTo(json("{\"content\":[{\"token\":\"Hi\",\"logprob\":-1}]}"));
        assertThat(finishReasons(chunks)).containsExactly("null", "null", "length");
    }

    @Test
    void a_streamed_completion_repeats_its_prompt_where_it_is_to() {
        answering("/api/generate", """
                {"model":"m","response":" world","logprobs":[{"token":" world","logprob":-1}],"done":false}
                {"model":"m","response":"","done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":1}
                """);

        List<JsonNode> chunks = lab.stream(completion("{\"prompt\":\"Hello\",\"echo\":true}"));

        assertThat(chunks)
                .extracting(chunk -> chunk.at("/choices/0/text").asText())
                .containsExactly("Hello", " world", "", "");
        assertThat(chunks).extracting(chunk -> chunk.path("object").asText()).containsOnly("text_completion");
        assertThat(chunks.get(1).at("/choices/0/logprobs/text_offset")).isEqualTo(json("[5]"));
        assertThat(finishReasons(chunks)).containsExactly("null", "null", "stop", "");
        assertThat(chunks.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void a_chunk_is_there_as_soon_as_its_line_is() {
        CountDownLatch read = new CountDownLatch(1);
        lab.ollama.on("/api/chat", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            answer.chunk("{\"message\":{\"content\":\"Hi\"},\"done\":false}\n");
            read.await();
            answer.chunk("{\"message\":{\"content\":\"\"},\"done\":true}\n").end();
        });

        try (ModelStream stream = lab.provider.stream(lab.target(), HELLO, new CallScope())) {
            assertThat(stream.ready()).isTrue();
            stream.next();
            assertThat(stream.next()
                            .orElseThrow()
                            .json()
                            .at("/choices/0/delta/content")
                            .asText())
                    .isEqualTo("Hi");
            assertThat(stream.ready()).isFalse();
            read.countDown();
            assertThat(OllamaLab.rest(stream)).hasSize(1);
            assertThat(stream.ready()).isTrue();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void an_answer_read_to_its_end_leaves_the_connection_open_for_the_next() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        Thread[] connections = new Thread[2];
        lab.ollama.on("/api/chat", (call, answer) -> {
            connections[(int) (2 - asked.getCount())] = Thread.currentThread();
            asked.countDown();
            answer.start(200, "application/x-ndjson");
            answer.chunk("{\"message\":{\"content\":\"\"},\"done\":true}\n").end();
        });

        lab.stream(HELLO);
        lab.stream(HELLO);

        asked.await();
        assertThat(connections[1]).isSameAs(connections[0]);
    }

    @Test
    void embeddings_have_nothing_to_stream() {
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> lab.stream(embedding("{\"input\":\"a\"}")));
    }

    private void answering(String path, String lines) {
        lab.ollama.on(path, (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            for (String line : lines.split("(?<=\n)", -1)) {
                if (!line.isEmpty()) {
                    answer.chunk(line);
                }
            }
            answer.end();
        });
    }

    private static List<String> finishReasons(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/finish_reason").asText())
                .toList();
    }
}
