package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway that can carry three calls, and streams that are silent for a while. */
class LimitsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static OwnServer own;

    private final List<Wire> wires = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        own = OwnServer.start("limits", "max-calls: 3, keep-alive: 1s");
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @AfterEach
    void leave() throws IOException, InterruptedException {
        for (Wire wire : wires) {
            wire.close();
        }
        assertThat(Waiting.until(SOON, () -> own.running() == 0)).isTrue();
    }

    @Test
    void a_call_too_many_is_refused_at_once_in_its_dialect_before_its_body_is_there() throws Exception {
        Doors.silence(own.lab(), Doors.Moment.BEFORE_FIRST_BYTE);
        for (int i = 0; i < 3; i++) {
            wires.add(own.ask(World.CHAT, "full-" + i, false));
        }
        assertThat(Waiting.until(SOON, () -> own.lab().open() == 3)).isTrue();

        long start = System.nanoTime();
        Http.Reply openAi = own.chat(World.CHAT);
        Http.Reply ollama = own.chat("/api/chat");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

        assertThat(openAi.status()).isEqualTo(503);
        assertThat(openAi.header("retry-after")).isEqualTo("1");
        assertThat(openAi.error().path("type").asText()).isEqualTo("service_unavailable_error");
        assertThat(ollama.status()).isEqualTo(503);
        assertThat(ollama.json().path("error").asText()).contains("as many calls as it can carry");
        assertThat(Http.get(own.server().url("/health/ready")).status()).isEqualTo(200);
        try (Wire slow = new Wire(own.server().port())) {
            slow.send("POST " + World.CHAT + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000000\r\n\r\n{");
            assertThat(slow.head().status()).isEqualTo(503);
        }
    }

    @Test
    void a_place_that_is_left_is_free_for_the_next() throws Exception {
        Doors.silence(own.lab(), Doors.Moment.BEFORE_FIRST_BYTE);
        for (int i = 0; i < 3; i++) {
            wires.add(own.ask(World.CHAT, "leaving-" + i, false));
        }
        assertThat(Waiting.until(SOON, () -> own.lab().open() == 3)).isTrue();
        wires.getFirst().close();
        assertThat(Waiting.until(SOON, () -> own.lab().open() == 2)).isTrue();
        own.lab().on(World.CHAT, 200, Said.reply("Hello"));
        assertThat(Waiting.until(SOON, () -> own.chat(World.CHAT).status() == 200))
                .isTrue();
    }

    @Test
    void a_silent_stream_is_kept_alive_by_comments() throws Exception {
        Doors.silence(own.lab(), Doors.Moment.AMID_STREAM);
        Wire wire = own.ask(World.CHAT, "silent", true);
        wires.add(wire);
        assertThat(wire.head().status()).isEqualTo(200);
        assertThat(wire.chunk()).startsWith("data: {").contains("Hel");
        assertThat(wire.chunk()).isEqualTo(": keep-alive\n\n");
        assertThat(wire.chunk()).isEqualTo(": keep-alive\n\n");
    }

    @Test
    void before_its_first_event_a_stream_gets_no_comment_and_can_still_fail_with_a_status() throws Exception {
        own.lab().on(World.CHAT, (call, answer) -> {
            Thread.sleep(2500);
            answer.whole(400, "application/json", Said.error("no such thing", "any"));
        });
        Wire wire = own.ask(World.CHAT, "late", true);
        wires.add(wire);
        assertThat(wire.head().status()).isEqualTo(400);
    }

    @Test
    void openais_own_client_does_not_see_the_comments() {
        own.lab().on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream").events(Said.role(), Said.text("Hel"));
            Thread.sleep(2500);
            answer.events(Said.text("lo"), Said.finish("stop"), Said.usage(), "[DONE]")
                    .end();
        });
        OpenAIClient client =
                Sdk.builder().baseUrl(own.server().url("/v1")).maxRetries(0).build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
                .completions()
                .createStreaming(Sdk.question().model("small").build())) {
            chunks.stream().forEach(whole::accumulate);
        }
        assertThat(whole.chatCompletion().choices().getFirst().message().content())
                .contains("Hello");
    }
}
