package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what vendors answer instead of an answer. Their shapes: {@code {"error":{…}}} (OpenAI, Azure, vLLM, llama.cpp),
 * {@code {"error":"text"}} (Ollama, vLLM's 401), flat {@code {"object":"error",…}} (Mistral, Scaleway, older vLLM),
 * {@code [{"error":{…}}]} (Gemini), {@code {"detail":…}} (FastAPI), {@code {"message":…}}, plain text, HTML.
 */
public final class UpstreamErrors {
    private static final int LONGEST_TEXT = 500;

    private UpstreamErrors() {}

    /**
     * The failure that an upstream's answer with an error status stands for.
     *
     * @param retryAfter the wait that its headers ask for
     */
    public static GatewayException read(int status, byte[] body, Optional<Duration> retryAfter) {
        return read(status, parse(body), retryAfter);
    }

    /** Whether a document is one of these although it came as an answer. */
    public static boolean isError(JsonNode document) {
        return Json.present(document, "error")
                || document.isArray()
                || Json.text(document, "object").equals("error");
    }

    /** As above, for a body that is parsed already; {@code status} 200 stands for an error inside a good answer. */
    public static GatewayException read(int status, JsonNode body, Optional<Duration> retryAfter) {
        JsonNode error = error(body);
        String message = message(error);
        String code = code(error);
        int effective = status >= 400 ? status : statusInside(error);
        ErrorKind kind = ErrorKinds.of(effective, code + " " + Json.text(error, "type"), message);
        String said = said(kind, message, effective);
        return new GatewayException(kind, said)
                .at(param(error))
                .withCode(code.isEmpty() ? null : code)
                .withRetryAfter(retryAfter.orElse(null));
    }

    private static String said(ErrorKind kind, String message, int status) {
        // Vendors quote the refused key, or its ends; it is ours, and none of the client's business.
        if (kind == ErrorKind.UPSTREAM_UNAUTHORIZED) {
            return "the upstream refused the gateway's credential";
        }
        return message.isEmpty() ? "the upstream answered with status " + status : message;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonCodec.parse(body);
        } catch (MalformedJsonException e) {
            String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
            return Json.object().put("message", text.startsWith("<") ? "" : text);
        }
    }

    private static JsonNode error(JsonNode body) {
        JsonNode one = body.isArray() ? body.path(0) : body;
        JsonNode error = one.path("error");
        return error.isObject() ? error : one;
    }

    private static String message(JsonNode error) {
        if (error.path("error").isTextual()) {
            return error.path("error").textValue();
        }
        JsonNode message = error.path("message");
        if (message.isMissingNode() || message.isNull()) {
            message = error.path("detail");
        }
        // Mistral and FastAPI answer 422 with a list, one entry a field.
        JsonNode list = message.isObject() ? message.path("detail") : message;
        if (list.isArray()) {
            return place(list.path(0)) + Json.text(list.path(0), "msg");
        }
        return message.isTextual() ? message.textValue() : "";
    }

    private static String place(JsonNode detail) {
        StringBuilder place = new StringBuilder();
        for (JsonNode step : detail.path("loc")) {
            if (!step.asText().equals("body")) {
                place.append(place.isEmpty() ? "" : ".").append(step.asText());
            }
        }
        return place.isEmpty() ? "" : place + ": ";
    }

    private static String code(JsonNode error) {
        JsonNode code = error.path("code");
        return code.isValueNode() && !code.isNull() ? code.asText() : "";
    }

    private static @Nullable String param(JsonNode error) {
        String param = Json.text(error, "param");
        return param.isEmpty() ? null : param;
    }

    private static int statusInside(JsonNode error) {
        int code = error.path("code").asInt(error.path("status").asInt(0));
        return code >= 400 && code < 600 ? code : 502;
    }
}
