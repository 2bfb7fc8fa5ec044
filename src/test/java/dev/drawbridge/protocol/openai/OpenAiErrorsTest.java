package dev.drawbridge.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.ErrorKind.Overdue;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiErrorsTest {

    @ParameterizedTest
    @EnumSource
    void every_kind_has_the_one_shape_that_sdks_read(ErrorKind kind) {
        JsonNode body = body(new GatewayException(kind, "It went wrong"));

        assertThat(body.fieldNames()).toIterable().containsExactly("error");
        JsonNode error = body.path("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.path("message").asText()).isEqualTo("It went wrong");
        assertThat(error.path("type").isTextual()).isTrue();
        assertThat(error.path("type").asText()).isNotBlank();
        assertThat(error.path("param").isNull()).isTrue();
        assertThat(error.path("code").isNull() || error.path("code").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTEXT_LENGTH, invalid_request_error, context_length_exceeded",
        "MODEL_NOT_FOUND, invalid_request_error, model_not_found",
        "UPSTREAM_MODEL_NOT_FOUND, invalid_request_error, model_not_found",
        "RATE_LIMITED, requests, rate_limit_exceeded",
        "QUOTA_EXHAUSTED, insufficient_quota, insufficient_quota",
        "TIMEOUT, timeout_error, upstream_timeout",
        "UPSTREAM_ERROR, server_error, upstream_error",
        "UNSUPPORTED_PARAMETER, invalid_request_error, unsupported_parameter",
        "CONTENT_FILTER, invalid_request_error, content_filter",
        "OVERLOADED, service_unavailable_error, server_is_overloaded",
    })
    void kinds_that_clients_tell_apart_have_openais_words(ErrorKind kind, String type, String code) {
        JsonNode error = body(new GatewayException(kind, "x").withCode("1300")).path("error");

        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "UNAUTHENTICATED", "INTERNAL"})
    void kinds_without_a_word_of_their_own_take_the_vendors(ErrorKind kind) {
        assertThat(body(new GatewayException(kind, "x").withCode("1300"))
                        .at("/error/code")
                        .textValue())
                .isEqualTo("1300");
        assertThat(body(new GatewayException(kind, "x")).at("/error/code").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_timeout_says_what_was_late(Overdue late) {
        assertThat(body(new GatewayException(ErrorKind.TIMEOUT, "x").withCode(late.code()))
                        .at("/error/code")
                        .asText())
                .isEqualTo(late.code())
                .endsWith("_timeout");
    }

    @Test
    void the_field_to_blame_is_named() {
        GatewayException failure = new GatewayException(ErrorKind.INVALID_REQUEST, "\"a\" is wrong: ß")
                .at("messages[0].role")
                .withCode("invalid_value");

        assertThat(body(failure)).isEqualTo(Lab.json("""
                {"error":{"message":"\\"a\\" is wrong: ß","type":"invalid_request_error",
                 "param":"messages[0].role","code":"invalid_value"}}"""));
    }

    @Test
    void a_wait_is_told_also_where_it_is_too_long_for_sdks() {
        GatewayException failure = new GatewayException(ErrorKind.RATE_LIMITED, "x");

        assertThat(OpenAiErrors.headers(failure.withRetryAfter(Duration.ofMillis(1200))))
                .isEqualTo(Map.of("retry-after", "2", "retry-after-ms", "1200"));
        assertThat(OpenAiErrors.headers(failure.withRetryAfter(Duration.ofMinutes(90))))
                .isEqualTo(Map.of("retry-after", "5400", "retry-after-ms", "5400000", "x-should-retry", "false"));
        assertThat(OpenAiErrors.headers(failure)).isEmpty();
    }

    private static JsonNode body(GatewayException failure) {
        return Lab.written(OpenAiErrors.body(failure));
    }
}
