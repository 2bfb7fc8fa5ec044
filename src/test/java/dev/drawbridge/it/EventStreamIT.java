package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams byte by byte: what SDKs forgive is not forgiven here. */
@ExtendWith(ShippedWar.class)
class EventStreamIT {
    private static final String QUESTION =
            "{'model':'small','stream':true,'messages':[{'role':'user','content':'Hi'}]%s}";
    private static final String PLAIN = QUESTION.formatted("");
    private static final String WITH_USAGE = QUESTION.formatted(",'stream_options':{'include_usage':true}");

    @Test
    void a_stream_is_data_lines_and_blank_lines_and_ends_with_done() {
        World.LAB.on(World.CHAT, Said.hello());
        Http.Reply reply = Http.post(World.CHAT, PLAIN);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.header("cache-control")).isEqualTo("no-cache");
        assertThat(reply.header("x-request-id")).isNotEmpty();
        assertThat(reply.header("x-drawbridge-upstream")).isEqualTo("lab");
        assertThat(reply.body()).matches("(data: \\{[^\\n\\r]*}\\n\\n)+data: \\[DONE]\\n\\n");
    }

    @Test
    void comments_ids_and_event_names_of_the_upstream_stay_behind() {
        World.LAB.on(
                World.CHAT,
                (call, answer) -> answer.start(200, "text/event-stream; charset=utf-8")
                        .chunk(": keep-alive\n\nid: 7\nretry: 10\nevent: message\ndata:" + Said.text("Hel")
                                + "\r\n\r\n")
                        .chunk("data: " + Said.text("lo") + "\n\ndata: " + Said.finish("stop") + "\n\ndata: [DONE]\n\n")
                        .end());
        Http.Reply reply = Http.post(World.CHAT, PLAIN);
        assertThat(reply.body()).matches("(data: \\{[^\\n\\r]*}\\n\\n){3}data: \\[DONE]\\n\\n");
        assertThat(content(reply.chunks())).isEqualTo("Hello");
    }

    @Test
    void an_event_in_many_pieces_is_one_event() {
        World.LAB.on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream");
            for (String letter : ("data: " + Said.text("Grüße 👋") + "\n\n").split("(?<=[a-z:])", -1)) {
                answer.chunk(letter);
            }
            answer.events(Said.finish("stop"), "[DONE]").end();
        });
        assertThat(content(Http.post(World.CHAT, PLAIN).chunks())).isEqualTo("Grüße 👋");
    }

    @Test
    void nobody_gets_usage_who_did_not_ask_for_it() {
        World.LAB.on(World.CHAT, Said.hello());
        assertThat(Http.post(World.CHAT, PLAIN).chunks()).noneMatch(chunk -> chunk.has("usage"));
        assertThat(Http.json(World.LAB.lastCall().body())
                        .at("/stream_options/include_usage")
                        .asBoolean())
                .as("but the gateway itself wants to know")
                .isTrue();
    }

    @Test
    void usage_is_in_one_last_chunk_without_choices() {
        World.LAB.on(World.CHAT, Said.hello());
        List<JsonNode> chunks = Http.post(World.CHAT, WITH_USAGE).chunks();
        assertThat(chunks.subList(0, chunks.size() - 1))
                .isNotEmpty()
                .allMatch(chunk -> chunk.has("usage")
                        && chunk.path("usage").isNull()
                        && chunk.path("choices").size() == 1);
        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().path("usage")).isEqualTo(Http.json(Said.USAGE));
    }

    @Test
    void usage_is_estimated_where_the_upstream_sends_none() {
        World.LAB.on(World.CHAT, Said.stream(Said.text("Hello"), Said.finish("stop")));
        JsonNode usage = Http.post(World.CHAT, WITH_USAGE).chunks().getLast().path("usage");
        assertThat(usage.path("completion_tokens").asInt()).isPositive();
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("completion_tokens").asInt()
                        + usage.path("prompt_tokens").asInt());
    }

    @Test
    void every_chunk_has_the_same_name_and_the_model_that_was_asked_for() {
        String other = Said.text(" world").replace("chatcmpl-1", "chatcmpl-2").replace("1700000000", "1700000009");
        World.LAB.on(World.CHAT, Said.stream(Said.role(), Said.text("Hello"), other, Said.finish("stop")));
        assertThat(Http.post(World.CHAT, WITH_USAGE).chunks()).allSatisfy(chunk -> {
            assertThat(chunk.path("model").asText()).isEqualTo("small");
            assertThat(chunk.path("id").asText()).isEqualTo("chatcmpl-1");
            assertThat(chunk.path("created").asLong()).isEqualTo(1700000000);
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
        });
    }

    @Test
    void role_and_the_head_of_a_tool_call_come_once_and_error_never() {
        String call = "{'role':'assistant','content':null,'tool_calls':[{'id':'call_a','type':'function',"
                + "'function':{'name':'f','arguments':'x'}}]}";
        String odd = Said.delta(call).replace("\"object\"", "\"error\":null,\"object\"");
        World.LAB.on(World.CHAT, Said.stream(odd, odd, Said.finish("stop")));
        List<JsonNode> chunks = Http.post(World.CHAT, PLAIN).chunks();
        assertThat(chunks).hasSize(3).noneMatch(chunk -> chunk.has("error"));
        JsonNode first = chunks.getFirst().at("/choices/0/delta");
        JsonNode second = chunks.get(1).at("/choices/0/delta");
        assertThat(first.path("role").asText()).isEqualTo("assistant");
        assertThat(second.has("role")).isFalse();
        assertThat(first.at("/tool_calls/0/id").asText()).isEqualTo("call_a");
        assertThat(second.at("/tool_calls/0")).isEqualTo(Http.json("{\"index\":0,\"function\":{\"arguments\":\"x\"}}"));
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void nothing_but_usage_follows_the_finish() {
        World.LAB.on(
                World.CHAT,
                Said.stream(
                        Said.text("Hi"), Said.finish("stop"), Said.text("late"), Said.finish("stop"), Said.usage()));
        List<JsonNode> chunks = Http.post(World.CHAT, WITH_USAGE).chunks();
        assertThat(chunks).hasSize(3);
        assertThat(content(chunks)).isEqualTo("Hi");
    }

    @Test
    void reasoning_goes_by_the_name_that_clients_know() {
        World.LAB.on(World.CHAT, Said.stream(Said.delta("{'reasoning':'hm'}"), Said.text("Hi"), Said.finish("stop")));
        JsonNode delta = Http.post(World.CHAT, PLAIN).chunks().getFirst().at("/choices/0/delta");
        assertThat(delta.path("reasoning_content").asText()).isEqualTo("hm");
        assertThat(delta.has("reasoning")).isFalse();
    }

    @Test
    void the_first_words_arrive_while_the_upstream_still_thinks() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        World.LAB.on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream").events(Said.text("Hel"));
            boolean inTime = heard.await(9, TimeUnit.SECONDS);
            answer.events(Said.text(inTime ? "lo" : "p"), Said.finish("stop"), "[DONE]")
                    .end();
        });
        try (Wire wire = new Wire()) {
            assertThat(wire.post(World.CHAT, PLAIN).head().status()).isEqualTo(200);
            assertThat(wire.chunk()).contains("\"Hel\"");
            heard.countDown();
            assertThat(wire.chunks()).contains("\"lo\"").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void the_body_ends_with_done_although_the_upstream_does_not() throws IOException {
        World.LAB.on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream").events(Said.text("Hi"), Said.finish("stop"), "[DONE]");
            Thread.sleep(Duration.ofSeconds(5));
            answer.end();
        });
        try (Wire wire = new Wire()) {
            long started = System.nanoTime();
            assertThat(wire.post(World.CHAT, PLAIN).head().status()).isEqualTo(200);
            assertThat(wire.chunks()).endsWith("data: [DONE]\n\n");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void a_connection_that_streamed_serves_the_next_call() throws IOException {
        World.LAB.on(World.CHAT, Said.hello());
        try (Wire wire = new Wire()) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.post(World.CHAT, PLAIN).head().status()).isEqualTo(200);
                assertThat(wire.chunks()).contains("world").endsWith("data: [DONE]\n\n");
            }
        }
    }

    private static String content(List<JsonNode> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText("")));
        return text.toString();
    }
}
