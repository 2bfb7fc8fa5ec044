package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.nio.charset.StandardCharsets;

/** How likely the model found each of its tokens: Ollama has one form, the form of OpenAI's chats. */
final class Logprobs {
    private Logprobs() {}

    /** One entry a token; empty where there are none. */
    static JsonNode of(JsonNode choice) {
        JsonNode logprobs = choice.path("logprobs");
        return logprobs.has("tokens") ? ofLists(logprobs) : list(logprobs.path("content"));
    }

    private static JsonNode list(JsonNode content) {
        return content.isArray() ? content : Json.array();
    }

    /** The form of completions: lists of equal length. */
    private static ArrayNode ofLists(JsonNode logprobs) {
        ArrayNode entries = Json.array();
        JsonNode tokens = logprobs.path("tokens");
        for (int i = 0; i < tokens.size(); i++) {
            ObjectNode entry = token(
                    tokens.path(i).asText(), logprobs.path("token_logprobs").path(i));
            ArrayNode others = entry.putArray("top_logprobs");
            logprobs.path("top_logprobs")
                    .path(i)
                    .properties()
                    .forEach(other -> others.add(token(other.getKey(), other.getValue())));
            entries.add(entry);
        }
        return entries;
    }

    private static ObjectNode token(String text, JsonNode logprob) {
        ObjectNode token = Json.object().put("token", text).put("logprob", logprob.asDouble());
        ArrayNode bytes = token.putArray("bytes");
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(one));
        }
        return token;
    }
}
