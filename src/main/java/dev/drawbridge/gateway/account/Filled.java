package dev.drawbridge.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import java.util.Set;

/** Requests with what their caller's organisation puts in where they say nothing. */
final class Filled {
    private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");

    private Filled() {}

    /** The request itself where there is nothing to put in; otherwise it is the hub's form that counts. */
    static ModelRequest with(Defaults defaults, ModelRequest request) {
        if (defaults.equals(Defaults.NONE) || !(request instanceof ChatRequest)) {
            return request;
        }
        ObjectNode missing = missing(defaults, request.json());
        if (missing.isEmpty()) {
            return request;
        }
        ObjectNode filled = Json.copy(request.json());
        filled.setAll(missing);
        return new ChatRequest(filled);
    }

    private static ObjectNode missing(Defaults defaults, ObjectNode json) {
        ObjectNode missing = Json.object();
        defaults.parameters().forEach((name, value) -> {
            if (!Json.present(json, name)) {
                missing.set(name, Json.value(value));
            }
        });
        if (!defaults.system().isEmpty() && !isInstructed(json.path("messages"))) {
            missing.set("messages", instructed(json.path("messages"), defaults.system()));
        }
        return missing;
    }

    private static boolean isInstructed(JsonNode messages) {
        for (JsonNode message : messages) {
            if (INSTRUCTIONS.contains(Json.text(message, "role"))) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode instructed(JsonNode messages, String system) {
        ArrayNode all = Json.array();
        all.addObject().put("role", "system").put("content", system);
        messages.forEach(all::add);
        return all;
    }
}
