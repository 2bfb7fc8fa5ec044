package dev.drawbridge.protocol.ollama.upstream;

import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.FakeUpstream.Script;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaFailureTest {
    private static final ChatRequest HELLO = chat("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    private static final String LINE = "{\"model\":\"m\",\"message\":{\"content\":\"Hi\"},\"done\":false}\n";

    private final OllamaLab lab = new OllamaLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNSUPPORTED_PARAMETER, m does not support tools",
        "400, CONTEXT_LENGTH, the prompt is longer than the context length currently available",
        "404, UPSTREAM_MODEL_NOT_FOUND, model 'x' not found",
        "429, RATE_LIMITED, slow down",
        "500, UPSTREAM_ERROR, llama runner process has terminated",
        "503, OVERLOADED, 'server busy, please try again.  maximum pending requests exceeded'"
    })
    void a_status_and_its_words_say_what_went_wrong(int status, ErrorKind kind, String words) {
        lab.ollama.on("/api/chat", status, "{\"error\":\"" + words + "\"}");

        for (GatewayException failure : new GatewayException[] {answering(), streaming()}) {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.message()).isEqualTo(words);
        }
    }

    @Test
    void a_refused_credential_is_not_quoted() {
        lab.ollama.on("/api/chat", 401, "{\"error\":\"wrong key s3cret\"}");

        assertThat(answering().kind()).isEqualTo(ErrorKind.UPSTREAM_UNAUTHORIZED);
        assertThat(answering().message()).isEqualTo("the upstream refused the gateway's credential");
    }

    @Test
    void the_wait_that_a_proxy_asks_for_is_kept() {
        lab.ollama.on("/api/chat", (call, answer) -> answer.whole(429, Map.of("Retry-After", "7"), "slow down"));

        assertThat(answering().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(streaming().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[1]", "null", "{\"error\":\"boom\"}", "{\"mess"})
    void what_is_no_answer_is_a_failure_of_the_upstream(String body) {
        lab.ollama.on("/api/chat", 200, body);

        assertThat(answering().kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{}", "{\"model\":\"m\",\"done\":true}"})
    void what_has_no_answer_in_it_is_empty(String body) {
        lab.ollama.on("/api/chat", 200, body);

        assertThat(answering().kind()).isEqualTo(ErrorKind.EMPTY_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "{}\n"})
    void a_stream_without_a_line_of_an_answer_is_empty(String body) {
        lab.ollama.on("/api/chat", 200, body);

        assertThat(streaming().kind()).isEqualTo(ErrorKind.EMPTY_ANSWER);
    }

    @Test
    void a_model_that_has_nothing_to_say_answers_all_the_same() {
        lab.ollama.on("/api/chat", 200, "{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true}");

        assertThat(lab.answer(HELLO).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>\n", "[1]\n", "{\"error\":\"boom\"}\n"})
    void a_stream_that_begins_with_no_answer_is_no_stream(String body) {
        lab.ollama.on("/api/chat", 200, body);

        assertThat(streaming().kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @Test
    void an_error_amid_the_stream_ends_it_with_the_upstreams_words() {
        GatewayException failure = afterFirstLine((call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(LINE).chunk("{\"error\":\"out of memory\"}\n");
            answer.end();
        });

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(failure.message()).isEqualTo("out of memory");
    }

    @Test
    void garbage_amid_the_stream_ends_it() {
        GatewayException failure = afterFirstLine((call, answer) -> answer.start(200, "application/x-ndjson")
                .chunk(LINE)
                .chunk("~~~\n")
                .end());

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(failure.message()).startsWith("the upstream sent a line that is not valid JSON");
    }

    @Test
    void an_end_before_the_last_line_is_no_end() {
        for (Script script : new Script[] {
            (call, answer) ->
                    answer.start(200, "application/x-ndjson").chunk(LINE).end(),
            (call, answer) ->
                    answer.start(200, "application/x-ndjson").chunk(LINE).cut(),
            (call, answer) ->
                    answer.start(200, "application/x-ndjson").chunk(LINE).reset()
        }) {
            GatewayException failure = afterFirstLine(script);

            assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
            assertThat(failure.message()).isEqualTo("the upstream broke off its answer");
        }
    }

    @Test
    void an_upstream_that_falls_silent_is_not_waited_for() {
        lab.ollama.on("/api/chat", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(LINE);
            Thread.sleep(Duration.ofMinutes(1));
        });

        try (ModelStream stream = lab.provider.stream(lab.target(Duration.ofMillis(300)), HELLO, new CallScope())) {
            GatewayException failure = catchThrowableOfType(GatewayException.class, () -> OllamaLab.rest(stream));
            assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        }
    }

    @Test
    void an_upstream_that_does_not_begin_is_not_waited_for() {
        lab.ollama.on("/api/chat", (call, answer) -> Thread.sleep(Duration.ofMinutes(1)));
        Duration patience = Duration.ofMillis(300);

        GatewayException whole = catchThrowableOfType(
                GatewayException.class, () -> lab.provider.answer(lab.target(patience), HELLO, new CallScope()));
        GatewayException streamed = catchThrowableOfType(
                GatewayException.class, () -> lab.provider.stream(lab.target(patience), HELLO, new CallScope()));

        assertThat(whole.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(streamed.kind()).isEqualTo(ErrorKind.TIMEOUT);
    }

    private GatewayException answering() {
        return catchThrowableOfType(GatewayException.class, () -> lab.answer(HELLO));
    }

    private GatewayException streaming() {
        return catchThrowableOfType(
                GatewayException.class, () -> lab.provider.stream(lab.target(), HELLO, new CallScope()));
    }

    private GatewayException afterFirstLine(Script script) {
        lab.ollama.on("/api/chat", script);
        try (ModelStream stream = lab.provider.stream(lab.target(), HELLO, new CallScope())) {
            stream.next();
            stream.next();
            return catchThrowableOfType(GatewayException.class, stream::next);
        }
    }
}
