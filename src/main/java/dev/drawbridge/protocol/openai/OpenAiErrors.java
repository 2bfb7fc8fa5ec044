package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.ErrorKind.Overdue;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.Failures;
import dev.drawbridge.wire.JsonCodec;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures in OpenAI's words. SDKs break on anything else: {@code type} is always text, {@code code} text or null. */
public class OpenAiErrors implements ExceptionMapper<Throwable> {
    /** SDKs try again earlier than after a longer wait, or sleep as long as they are told: they are to tell people. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final String JSON = "application/json";

    /** What a kind is called. */
    private record Words(String type, @Nullable String code) {}

    @Override
    public Response toResponse(Throwable thrown) {
        GatewayException failure = Failures.of(thrown);
        Response.ResponseBuilder response = Response.status(failure.kind().status())
                .entity(JsonCodec.write(body(failure)))
                .type(JSON);
        headers(failure).forEach(response::header);
        return response.build();
    }

    /** The same where there is no JAX-RS; nothing, if the response has begun already. */
    static void write(Throwable thrown, HttpServletResponse response) {
        GatewayException failure = Failures.of(thrown);
        if (response.isCommitted()) {
            return;
        }
        byte[] body = JsonCodec.write(body(failure));
        response.setStatus(failure.kind().status());
        headers(failure).forEach(response::setHeader);
        response.setContentType(JSON);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            // Then there is nobody to tell.
        }
    }

    static Map<String, String> headers(GatewayException failure) {
        Map<String, String> headers = Failures.headers(failure);
        boolean soon = failure.retryAfter()
                .map(wait -> wait.compareTo(LONGEST_WAIT) <= 0)
                .orElse(true);
        if (!failure.kind().worthRetrying() || !soon) {
            headers.put("x-should-retry", "false");
        }
        return headers;
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    static ObjectNode body(GatewayException failure) {
        Words words = words(failure.kind());
        boolean own =
                words.code() == null || failure.code().filter(Overdue::isCode).isPresent();
        String code = own ? failure.code().orElse(null) : words.code();
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", failure.message())
                .put("type", words.type())
                .put("param", failure.param().orElse(null))
                .put("code", code);
        return body;
    }

    private static Words words(ErrorKind kind) {
        return switch (kind) {
            case INVALID_REQUEST, UNAUTHENTICATED -> new Words("invalid_request_error", null);
            case UNSUPPORTED_PARAMETER -> new Words("invalid_request_error", "unsupported_parameter");
            case CONTEXT_LENGTH -> new Words("invalid_request_error", "context_length_exceeded");
            case CONTENT_FILTER -> new Words("invalid_request_error", "content_filter");
            case FORBIDDEN -> new Words("invalid_request_error", "insufficient_permissions");
            case NOT_FOUND -> new Words("invalid_request_error", "unknown_url");
            case MODEL_NOT_FOUND, UPSTREAM_MODEL_NOT_FOUND -> new Words("invalid_request_error", "model_not_found");
            case METHOD_NOT_ALLOWED -> new Words("invalid_request_error", "method_not_allowed");
            case CONFLICT -> new Words("invalid_request_error", "conflict");
            case PRECONDITION_FAILED -> new Words("invalid_request_error", "precondition_failed");
            case TOO_LARGE -> new Words("invalid_request_error", "request_too_large");
            case UNSUPPORTED_MEDIA_TYPE -> new Words("invalid_request_error", "unsupported_media_type");
            case UPSTREAM_UNAUTHORIZED -> new Words("upstream_authentication_error", "upstream_unauthorized");
            case UPSTREAM_FORBIDDEN -> new Words("upstream_authentication_error", "upstream_forbidden");
            case RATE_LIMITED -> new Words("requests", "rate_limit_exceeded");
            case QUOTA_EXHAUSTED -> new Words("insufficient_quota", "insufficient_quota");
            case OVERLOADED, NO_CAPACITY -> new Words("service_unavailable_error", "server_is_overloaded");
            case TIMEOUT -> new Words("timeout_error", "upstream_timeout");
            case UPSTREAM_ERROR, UNREACHABLE, EMPTY_ANSWER -> new Words("server_error", "upstream_error");
            case CLIENT_GONE -> new Words("client_closed_request", "client_closed_request");
            case INTERNAL -> new Words("server_error", null);
        };
    }
}
