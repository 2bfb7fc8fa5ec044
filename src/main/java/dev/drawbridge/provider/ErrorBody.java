package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What vendors answer instead of an answer. Their shapes: {@code {"error":{…}}} (OpenAI, Azure, vLLM, llama.cpp),
 * {@code {"error":"text"}} (Ollama, vLLM's 401, xAI), flat {@code {"object":"error",…}} (Mistral, Scaleway, older vLLM),
 * {@code [{"error":{…}}]} (Gemini), {@code {"detail":…}} (FastAPI), {@code {"message":…}}, plain text, HTML.
 *
 * @param error the object that has the code and the message
 */
record ErrorBody(JsonNode error) {
    private static final int LONGEST_TEXT = 500;

    /** Rules are searched for in as much: no vendor needs more, and no pattern takes long for it. */
    private static final int LONGEST_WORDS = 4000;

    static ErrorBody of(byte[] body) {
        try {
            return of(JsonCodec.parse(body));
        } catch (MalformedJsonException e) {
            String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
            return of(Json.object().put("message", text.startsWith("<") ? "" : text));
        }
    }

    static ErrorBody of(JsonNode body) {
        JsonNode one = body.isArray() ? body.path(0) : body;
        JsonNode error = one.path("error");
        return new ErrorBody(error.isObject() ? error : one);
    }

    String message() {
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

    Optional<String> code() {
        JsonNode code = error.path("code");
        return Optional.of(code.asText()).filter(text -> code.isValueNode() && !code.isNull() && !text.isEmpty());
    }

    Optional<String> param() {
        return Optional.of(Json.text(error, "param")).filter(param -> !param.isEmpty());
    }

    /** The status that it says itself; 200 if none. */
    int status() {
        int code = error.path("code").asInt(error.path("status").asInt(0));
        return code >= 400 && code < 600 ? code : 200;
    }

    /** What rules look at: nothing that quotes the request, as FastAPI's {@code input} does. */
    String words() {
        Stream<String> codes = Stream.of(
                code().orElse(""),
                Json.text(error, "type"),
                Json.text(error, "status"),
                Json.text(error.path("innererror"), "code"));
        // OpenRouter passes on what the vendor behind it said; Gemini tells which limit it was.
        Stream<String> details = Stream.concat(
                Stream.of(message(), Json.text(error.path("metadata"), "raw")),
                error.path("details").findValuesAsText("reason").stream());
        Stream<String> limits = error.path("details").findValuesAsText("quotaId").stream();
        String words = Stream.of(codes, details, limits)
                .flatMap(part -> part)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return words.substring(0, Math.min(words.length(), LONGEST_WORDS));
    }

    /** How long it asks to be left alone: Gemini in a field, others in their words. */
    Optional<Duration> asksFor() {
        return error.path("details").findValuesAsText("retryDelay").stream()
                .findFirst()
                .flatMap(Waits::duration)
                .or(() -> Waits.inWords(message()))
                .or(() -> Waits.inWords(Json.text(error.path("metadata"), "raw")));
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
}
