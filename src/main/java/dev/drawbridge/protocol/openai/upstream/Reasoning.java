package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.util.List;

/**
 * Reasoning goes by several names: {@code reasoning} (vLLM, Ollama, OpenRouter), {@code thinking}, Mistral's list of
 * typed pieces in {@code content}. Clients read {@code reasoning_content}.
 */
final class Reasoning {
    private static final String NAME = "reasoning_content";
    private static final List<String> OTHER_NAMES = List.of("reasoning", "thinking");

    private Reasoning() {}

    /** The message or delta with its reasoning where clients look for it. */
    static ObjectNode moved(ObjectNode message) {
        ObjectNode result = message;
        for (String other : OTHER_NAMES) {
            if (result.path(other).isTextual() && !Json.present(result, NAME)) {
                result = Json.with(Json.without(result, other), NAME, message.get(other));
            }
        }
        return result.path("content").isArray() ? split(result) : result;
    }

    private static ObjectNode split(ObjectNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        for (JsonNode piece : message.path("content")) {
            text.append(Json.text(piece, "text"));
            JsonNode thoughts = piece.path("thinking");
            thinking.append(thoughts.asText(""));
            thoughts.forEach(thought -> thinking.append(Json.text(thought, "text")));
        }
        ObjectNode result = Json.with(message, "content", text.toString());
        return thinking.isEmpty() ? result : result.put(NAME, thinking.toString());
    }
}
