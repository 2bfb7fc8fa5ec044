package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drawbridge.inference.Json;

/**
 * What a model says, in one piece or a part of it.
 *
 * @param toolCalls in Ollama's form
 * @param logprobs one entry a token; empty where nobody asked
 */
record Said(String content, String thinking, ArrayNode toolCalls, JsonNode logprobs) {
    static final Said NOTHING = new Said("", "", Json.array(), Json.array());

    static Said call(JsonNode toolCall) {
        return new Said("", "", Json.array().add(toolCall), Json.array());
    }

    static Said content(String text) {
        return new Said(text, "", Json.array(), Json.array());
    }

    boolean isNothing() {
        return content.isEmpty() && thinking.isEmpty() && toolCalls.isEmpty() && logprobs.isEmpty();
    }
}
