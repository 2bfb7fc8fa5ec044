package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.file.Nearest;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import java.util.List;

/** Checks the messages of a chat. */
final class Messages {
    private static final List<String> ROLES = List.of("developer", "system", "user", "assistant", "tool", "function");

    private Messages() {}

    static void check(ObjectNode document) {
        JsonNode messages = document.path("messages");
        if (!Json.present(document, "messages")) {
            throw RequestChecks.missing("messages", "a list of what was said so far");
        }
        if (!messages.isArray() || messages.isEmpty()) {
            throw FieldType.wrong("messages", "a list that is not empty");
        }
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), "messages[" + i + "]");
        }
    }

    private static void message(JsonNode message, String place) {
        if (!message.isObject()) {
            throw FieldType.wrong(place, "an object");
        }
        String role = Json.text(message, "role");
        if (!ROLES.contains(role)) {
            String meant = Nearest.to(role, ROLES)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "\"" + place + ".role\" must be one of " + String.join(", ", ROLES) + meant)
                    .at(place + ".role")
                    .withCode("invalid_value");
        }
        if (role.equals("tool") && !message.path("tool_call_id").isTextual()) {
            throw RequestChecks.missing(place + ".tool_call_id", "the id of the call that this is the result of");
        }
        content(message, role, place + ".content");
        JsonNode calls = message.path("tool_calls");
        if (!calls.isMissingNode() && !calls.isNull() && !calls.isArray()) {
            throw FieldType.wrong(place + ".tool_calls", "a list");
        }
    }

    private static void content(JsonNode message, String role, String place) {
        JsonNode content = message.path("content");
        if (content.isMissingNode() || content.isNull()) {
            // An assistant may have said nothing and called tools instead.
            if (!role.equals("assistant") && !role.equals("function")) {
                throw RequestChecks.missing(place, "a text or a list of parts");
            }
        } else if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                part(content.get(i), place + "[" + i + "]");
            }
        } else if (!content.isTextual()) {
            throw FieldType.wrong(place, "text or a list of parts");
        }
    }

    private static void part(JsonNode part, String place) {
        if (!part.isObject() || !part.path("type").isTextual()) {
            throw FieldType.wrong(place, "an object with a \"type\"");
        }
        boolean text = Json.text(part, "type").equals("text");
        if (text && !part.path("text").isTextual()) {
            throw FieldType.wrong(place + ".text", "text");
        }
    }
}
