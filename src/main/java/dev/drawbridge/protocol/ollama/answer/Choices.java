package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drawbridge.inference.Json;
import java.util.Optional;

/** What a choice of the hub's says. */
final class Choices {
    private Choices() {}

    /** A choice of a whole answer, of a chat or a completion. */
    static Said whole(JsonNode choice) {
        JsonNode message = choice.path("message");
        StringBuilder content = new StringBuilder(content(message)).append(Json.text(choice, "text"));
        ArrayNode calls = Json.array();
        for (JsonNode sent : message.path("tool_calls")) {
            JsonNode function = sent.path("function");
            ToolCall call =
                    new ToolCall(Json.text(sent, "id"), Json.text(function, "name"), Json.text(function, "arguments"));
            Optional<JsonNode> formed = call.formed(calls.size());
            formed.ifPresent(calls::add);
            content.append(formed.isPresent() ? "" : call.asText());
        }
        return new Said(content.toString(), Json.text(message, "reasoning_content"), calls, Logprobs.of(choice));
    }

    /** A part of a streamed answer, but for its tool calls, which come in pieces of their own. */
    static Said part(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        return new Said(
                content(delta) + Json.text(choice, "text"),
                Json.text(delta, "reasoning_content"),
                Json.array(),
                Logprobs.of(choice));
    }

    private static String content(JsonNode message) {
        return Json.text(message, "content") + Json.text(message, "refusal");
    }
}
