package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A call of a tool as the model wrote it.
 *
 * @param arguments text, meant to be a JSON object
 */
record ToolCall(String id, String name, String arguments) {

    ToolCall plus(String more) {
        return new ToolCall(id, name, arguments + more);
    }

    /**
     * The call in Ollama's form; empty when the model wrote no JSON object, on which clients would break.
     *
     * @param index its place among the calls of the answer
     */
    Optional<JsonNode> formed(int index) {
        return parsed().map(object -> {
            ObjectNode function = Json.object().put("index", index).put("name", name);
            function.set("arguments", object);
            return Json.object().put("id", id).set("function", function);
        });
    }

    /** The call as text: what Ollama makes of calls that it cannot read, cut off ones for instance. */
    String asText() {
        return "{\"name\": \"" + name + "\", \"arguments\": " + arguments + "}";
    }

    private Optional<JsonNode> parsed() {
        if (arguments.isBlank()) {
            return Optional.of(Json.object());
        }
        try {
            return Optional.of(JsonCodec.parse(arguments.getBytes(StandardCharsets.UTF_8)))
                    .filter(JsonNode::isObject);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}
