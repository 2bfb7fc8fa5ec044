package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import java.util.regex.Pattern;

/** How long a model is to stay in memory: seconds, or a duration of Go's such as {@code 5m} or {@code 1h30m}. */
final class KeepAlive {
    private static final Pattern DURATION =
            Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");

    private KeepAlive() {}

    /** Whether the model is to leave at once. */
    static boolean isUnload(JsonNode document) {
        JsonNode value = document.path("keep_alive");
        if (!Json.present(document, "keep_alive")) {
            return false;
        }
        if (value.isNumber()) {
            return value.doubleValue() == 0;
        }
        if (!value.isTextual() || !DURATION.matcher(value.textValue()).matches()) {
            throw Fields.wrong("keep_alive", "a number of seconds or a duration such as \"5m\"");
        }
        return value.textValue().chars().noneMatch(letter -> letter >= '1' && letter <= '9');
    }

    /** What a request without words is for, as its answer names it. */
    static String purpose(JsonNode document) {
        return isUnload(document) ? "unload" : "load";
    }
}
