package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Answer;
import dev.drawbridge.fakes.FakeUpstream.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that fail, and clients that go away. */
@ExtendWith(ShippedWar.class)
class TroubleIT {
    private static final String REST = ",'messages':[{'role':'user','content':'Hi'}]}";
    private static final String WHOLE = "{'model':'small'" + REST;
    private static final String STREAM = "{'model':'small','stream':true" + REST;

    static List<Script> brokenOff() {
        return List.of(
                (call, answer) -> started(answer).cut(),
                (call, answer) -> started(answer).reset(),
                (call, answer) -> started(answer).end(),
                (call, answer) ->
                        started(answer).chunk("data: {\"id\":\"chatcm").cut(),
                (call, answer) -> started(answer).chunk("data: no json\n\n").end(),
                (call, answer) ->
                        started(answer).events(Said.finish("error"), "[DONE]").end());
    }

    private static Answer started(Answer answer) throws IOException {
        return answer.start(200, "text/event-stream").events(Said.role(), Said.text("Hel"));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void a_stream_that_breaks_off_ends_with_an_error_and_without_done(Script script) throws IOException {
        World.LAB.on(World.CHAT, script);
        try (Wire wire = new Wire()) {
            assertThat(wire.post(World.CHAT, STREAM).head().status()).isEqualTo(200);
            String body = wire.chunks();
            assertThat(body).contains("\"Hel\"").doesNotContain("[DONE]").endsWith("}\n\n");
            JsonNode last = Http.json(body.substring(body.lastIndexOf("data: ") + 6));
            assertThat(last.has("choices")).isFalse();
            assertThat(last.at("/error/type").asText()).isEqualTo("server_error");
            assertThat(last.at("/error/code").asText()).isEqualTo("upstream_error");
            assertThat(last.at("/error/message").asText()).isNotEmpty();
        }
    }

    static List<Script> nothingUseful() {
        return List.of(
                (call, answer) -> answer.cut(),
                (call, answer) -> answer.reset(),
                (call, answer) -> {
                    answer.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                    answer.cut();
                },
                (call, answer) -> answer.start(200, "text/event-stream").end(),
                (call, answer) -> answer.start(200, "text/event-stream").cut(),
                (call, answer) ->
                        answer.start(200, "text/event-stream").events("[DONE]").end(),
                (call, answer) -> answer.whole(200, "text/html", "<html>Please log in</html>"),
                (call, answer) -> answer.whole(200, "application/json", "{}"),
                (call, answer) -> answer.whole(200, "application/json", ""),
                (call, answer) -> answer.whole(302, "text/html", "<html>Moved</html>"),
                (call, answer) -> answer.whole(502, "text/html", "<html>Bad gateway</html>"));
    }

    @ParameterizedTest
    @MethodSource("nothingUseful")
    void an_upstream_that_answers_nothing_useful_is_a_bad_gateway(Script script) {
        World.LAB.on(World.CHAT, script);
        for (String question : List.of(WHOLE, STREAM)) {
            Http.Reply reply = Http.post(World.CHAT, question);
            assertThat(reply.status()).as(reply.body()).isEqualTo(502);
            assertThat(reply.header("content-type")).startsWith("application/json");
            assertThat(reply.error().path("code").asText()).isEqualTo("upstream_error");
            assertThat(reply.body()).doesNotContain("html");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400",
        "401, 401",
        "403, 403",
        "404, 404",
        "422, 400",
        "429, 429",
        "500, 502",
        "503, 503",
        "504, 504"
    })
    void an_error_before_the_first_byte_has_a_status(int said, int told) {
        World.LAB.on(World.CHAT, said, Said.error("it went wrong", "any"));
        assertThat(Http.post(World.CHAT, STREAM).status()).isEqualTo(told);
        World.forgive();
        assertThat(Http.post(World.CHAT, WHOLE).error().path("message").asText())
                .contains(said == 401 ? "the gateway's credential" : "it went wrong");
    }

    @Test
    void an_error_as_the_first_event_has_a_status_too() {
        World.LAB.on(World.CHAT, Said.stream("{\"error\":{\"message\":\"busy\",\"code\":503}}"));
        assertThat(Http.post(World.CHAT, STREAM).status()).isEqualTo(503);
    }

    @Test
    void a_whole_answer_to_a_streamed_question_is_streamed() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        Http.Reply reply = Http.post(World.CHAT, STREAM);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.events()).hasSize(3).last().isEqualTo("[DONE]");
        assertThat(reply.chunks().getFirst().at("/choices/0/delta/content").asText())
                .isEqualTo("Hello");
        assertThat(reply.chunks().getLast().at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 503})
    void the_second_target_answers_when_the_first_fails(int status) {
        World.LAB.on(World.CHAT, status, Said.error("no", "any"));
        World.SPARE.on(World.CHAT, 200, Said.reply("From the spare"));
        Http.Reply reply = Http.post(World.CHAT, "{'model':'careful'" + REST);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-drawbridge-upstream")).isEqualTo("spare");
        assertThat(reply.header("x-drawbridge-attempts")).isEqualTo("2");
        assertThat(reply.json().path("model").asText()).isEqualTo("careful");
        assertThat(Http.json(World.SPARE.lastCall().body()).path("model").asText())
                .isEqualTo("careful-2");
    }

    @Test
    void the_second_target_streams_when_the_first_breaks_off_before_its_first_word() {
        World.LAB.on(
                World.CHAT,
                (call, answer) -> answer.start(200, "text/event-stream").cut());
        World.SPARE.on(World.CHAT, Said.hello());
        Http.Reply reply = Http.post(World.CHAT, "{'model':'careful','stream':true" + REST);
        assertThat(reply.header("x-drawbridge-upstream")).isEqualTo("spare");
        assertThat(reply.body()).contains("world").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_wrong_request_is_not_sent_to_the_second_target() {
        World.LAB.on(World.CHAT, 400, Said.error("no such field", "any"));
        assertThat(Http.post(World.CHAT, "{'model':'careful'" + REST).status()).isEqualTo(400);
        assertThat(World.SPARE.calls()).isEmpty();
    }

    @Test
    void what_was_changed_in_the_request_is_told() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        Http.Reply reply = Http.post(World.CHAT, "{'model':'adapted','logit_bias':{'1':2}" + REST);
        assertThat(reply.header("x-drawbridge-adapted")).isEqualTo("max_tokens=500(default), dropped=logit_bias");
        JsonNode sent = Http.json(World.LAB.lastCall().body());
        assertThat(sent.has("logit_bias")).isFalse();
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(500);
    }

    @Test
    void an_upstream_that_stays_silent_is_a_timeout() {
        World.LAB.on(World.CHAT, (call, answer) -> Thread.sleep(Duration.ofSeconds(4)));
        Http.Reply reply = Http.post(World.CHAT, "{'model':'impatient','stream':true" + REST);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.error().path("code").asText()).isEqualTo("first_token_timeout");
    }

    @Test
    void an_upstream_that_falls_silent_ends_the_stream_with_a_timeout() {
        World.LAB.on(World.CHAT, (call, answer) -> {
            started(answer);
            Thread.sleep(Duration.ofSeconds(4));
        });
        List<JsonNode> chunks = Http.post(World.CHAT, "{'model':'impatient','stream':true" + REST)
                .chunks();
        assertThat(chunks.getLast().at("/error/code").asText()).isEqualTo("idle_timeout");
    }

    @Test
    void a_client_that_goes_away_ends_the_call_of_the_upstream() throws IOException, InterruptedException {
        World.LAB.on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream");
            for (int i = 0; i < 200; i++) {
                answer.events(Said.text("word "));
                Thread.sleep(50);
            }
        });
        try (Wire wire = new Wire()) {
            assertThat(wire.post(World.CHAT, STREAM).head().status()).isEqualTo(200);
            assertThat(wire.chunk()).contains("word");
            assertThat(World.LAB.open()).isEqualTo(1);
        }
        assertThat(Waiting.until(Duration.ofSeconds(5), () -> World.LAB.open() == 0))
                .isTrue();
    }
}
