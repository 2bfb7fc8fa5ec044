package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The messages of one chat in the hub's form. Thoughts of earlier answers stay out: vendors refuse to see them again. */
final class ChatMessages {
    private static final List<String> ROLES = List.of("system", "user", "assistant", "tool", "developer");

    private final PendingCalls pending = new PendingCalls();

    ArrayNode hub(JsonNode messages) {
        ArrayNode converted = Json.array();
        for (int i = 0; i < messages.size(); i++) {
            converted.add(message(messages.path(i), "messages[" + i + "]"));
        }
        return converted;
    }

    private ObjectNode message(JsonNode message, String place) {
        if (!message.isObject()) {
            throw Fields.wrong(place, "an object");
        }
        String role = text(message, "role", place).toLowerCase(Locale.ROOT);
        if (!ROLES.contains(role)) {
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "invalid role: \"" + role + "\", role must be one of " + String.join(", ", ROLES))
                    .at(place + ".role");
        }
        String content = text(message, "content", place);
        ObjectNode converted = Json.object().put("role", role);
        converted.set("content", Images.content(content, list(message, "images", place), place + ".images"));
        if (role.equals("assistant")) {
            calls(list(message, "tool_calls", place), place + ".tool_calls", converted);
        }
        return role.equals("tool") ? result(message, converted) : converted;
    }

    private void calls(JsonNode calls, String place, ObjectNode converted) {
        if (calls.isEmpty()) {
            return;
        }
        if (Json.text(converted, "content").isEmpty()) {
            converted.putNull("content");
        }
        ArrayNode list = converted.putArray("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.path(i);
            String name = Json.text(call.path("function"), "name");
            if (name.isEmpty()) {
                throw Fields.wrong(place + "[" + i + "].function.name", "the name of a tool");
            }
            JsonNode arguments = call.path("function").path("arguments");
            list.addObject()
                    .put("id", pending.add(Json.text(call, "id"), name))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", name)
                    .put("arguments", arguments(arguments, place + "[" + i + "].function.arguments"));
        }
    }

    private static String arguments(JsonNode arguments, String place) {
        if (arguments.isTextual()) {
            return arguments.textValue();
        }
        if (arguments.isMissingNode() || arguments.isNull()) {
            return "{}";
        }
        if (!arguments.isObject()) {
            throw Fields.wrong(place, "an object");
        }
        return new String(JsonCodec.write(arguments), StandardCharsets.UTF_8);
    }

    /** A result that no call asked for is told by the user: as a result it would be refused. */
    private ObjectNode result(JsonNode message, ObjectNode converted) {
        String name = Json.text(message, "tool_name").isEmpty()
                ? Json.text(message, "name")
                : Json.text(message, "tool_name");
        Optional<String> call = pending.take(Json.text(message, "tool_call_id"), name);
        return call.map(id -> converted.put("tool_call_id", id)).orElseGet(() -> converted.put("role", "user"));
    }

    private static String text(JsonNode message, String field, String place) {
        if (Json.present(message, field) && !message.path(field).isTextual()) {
            throw Fields.wrong(place + "." + field, "a string");
        }
        return Json.text(message, field);
    }

    private static JsonNode list(JsonNode message, String field, String place) {
        if (Json.present(message, field) && !message.path(field).isArray()) {
            throw Fields.wrong(place + "." + field, "a list");
        }
        return message.path(field);
    }
}
