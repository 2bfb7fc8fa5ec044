package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures as OpenAI's Java SDK reports them. */
@ExtendWith(ShippedWar.class)
class OpenAiSdkErrorsIT {

    @Test
    void every_answer_has_a_request_id() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        try (HttpResponseFor<ChatCompletion> answer = Sdk.client()
                .chat()
                .completions()
                .withRawResponse()
                .create(Sdk.question().build())) {
            assertThat(answer.requestId())
                    .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        }
    }

    @Test
    void a_bad_request_at_the_upstream_is_a_bad_request() {
        World.LAB.on(World.CHAT, 400, Said.error("temperature is too hot", "invalid_value"));
        BadRequestException e = catchThrowableOfType(BadRequestException.class, () -> Sdk.ask(Sdk.question()));
        assertThat(e).hasMessageContaining("temperature is too hot");
        assertThat(e.code()).contains("invalid_value");
        assertThat(e.type()).contains("invalid_request_error");
        assertThat(e.headers().values("x-request-id")).hasSize(1);
    }

    @Test
    void a_field_of_the_wrong_type_is_named() {
        BadRequestException e = catchThrowableOfType(
                BadRequestException.class, () -> Sdk.ask(Sdk.question().n(0)));
        assertThat(e.param()).contains("n");
        assertThat(World.LAB.calls()).isEmpty();
    }

    @Test
    void an_unknown_model_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> Sdk.ask(Sdk.question().model("no-such-model")))
                .satisfies(e -> assertThat(e.code()).contains("model_not_found"));
    }

    @Test
    void a_caller_from_elsewhere_is_unauthorized() {
        OpenAIClient proxied = Sdk.builder()
                .putHeader("X-Forwarded-For", "203.0.113.7")
                .maxRetries(0)
                .build();
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(
                        () -> proxied.chat().completions().create(Sdk.question().build()))
                .satisfies(e -> assertThat(e.type()).contains("invalid_request_error"));
    }

    @Test
    void a_refused_key_of_the_gateway_is_told_apart_from_the_clients_own() {
        World.LAB.on(World.CHAT, 401, Said.error("Incorrect API key", "invalid_api_key"));
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> Sdk.ask(Sdk.question()))
                .satisfies(e -> assertThat(e.code()).contains("upstream_unauthorized"));
    }

    @Test
    void the_sdk_waits_as_long_as_the_upstream_asks_for() {
        World.LAB.on(World.CHAT, (call, answer) -> {
            if (World.LAB.calls().size() == 1) {
                answer.whole(429, Map.of("Content-Type", "application/json", "Retry-After", "1"), limited());
            } else {
                answer.whole(200, "application/json", Said.reply("Hello"));
            }
        });
        long started = System.nanoTime();
        var answer = Sdk.client(1).chat().completions().create(Sdk.question().build());
        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
    }

    @Test
    void a_rate_limit_is_a_rate_limit() {
        World.LAB.on(World.CHAT, 429, limited());
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> Sdk.ask(Sdk.question()))
                .satisfies(e -> assertThat(e.code()).contains("rate_limit_exceeded"));
    }

    @Test
    void the_sdk_does_not_retry_what_retrying_cannot_help() {
        World.LAB.on(World.CHAT, 429, Said.error("You exceeded your current quota", "insufficient_quota"));
        RateLimitException e = catchThrowableOfType(
                RateLimitException.class,
                () -> Sdk.client(2).chat().completions().create(Sdk.question().build()));
        assertThat(e.code()).contains("insufficient_quota");
        assertThat(e.headers().values("x-should-retry")).containsExactly("false");
        assertThat(World.LAB.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, 502", "502, 502", "503, 503", "529, 503"})
    void an_upstream_that_fails_is_a_server_error(int said, int told) {
        World.LAB.on(World.CHAT, said, Said.error("it broke", "any"));
        InternalServerException e = catchThrowableOfType(InternalServerException.class, () -> Sdk.ask(Sdk.question()));
        assertThat(e.statusCode()).isEqualTo(told);
    }

    @Test
    void an_unreachable_upstream_is_a_server_error() {
        OpenAIServiceException e = catchThrowableOfType(
                OpenAIServiceException.class, () -> Sdk.ask(Sdk.question().model("unreachable")));
        assertThat(e.statusCode()).isEqualTo(502);
        assertThat(e.code()).contains("upstream_error");
    }

    @Test
    void an_error_before_the_first_chunk_has_its_status() {
        World.LAB.on(World.CHAT, 400, Said.error("too long: maximum context length is 8", "context_length_exceeded"));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> Sdk.stream(Sdk.question()))
                .satisfies(e -> assertThat(e.code()).contains("context_length_exceeded"));
    }

    @Test
    void an_error_within_a_stream_is_an_exception_of_the_stream() {
        World.LAB.on(
                World.CHAT,
                (call, answer) -> answer.start(200, "text/event-stream")
                        .events(Said.role(), Said.text("Hel"), Said.error("the model crashed", "any"))
                        .end());
        assertThatExceptionOfType(SseException.class)
                .isThrownBy(() -> Sdk.stream(Sdk.question()))
                .withMessageContaining("the model crashed");
    }

    private static String limited() {
        return Said.error("Rate limit reached", "rate_limit_exceeded");
    }
}
