package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;

/** Rules on who says what in which order. */
final class MessageRules {
    private MessageRules() {}

    /** {@code developer-role: system}: the target knows only one of the two words for instructions. */
    record DeveloperRole(String role) implements Adaptation {
        DeveloperRole(JsonNode parameters) {
            this(parameters.asText());
            if (!role.equals("system") && !role.equals("developer")) {
                throw new IllegalArgumentException("write developer-role: system or developer");
            }
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            String other = role.equals("system") ? "developer" : "system";
            if (!(request instanceof ChatRequest) || !anyWith(request, other)) {
                return request;
            }
            context.note("role:" + other, role, "renamed");
            return withMessages(
                    request,
                    Json.map(
                            messages(request),
                            message -> Json.text(message, "role").equals(other)
                                    ? Json.with(message, "role", role)
                                    : message));
        }
    }

    /** {@code system-first}: the target takes instructions only at the beginning; all are joined there. */
    record SystemFirst() implements Adaptation {
        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            ArrayNode rest = Json.array();
            ObjectNode first = null;
            boolean moved = false;
            for (JsonNode message : messages(request)) {
                boolean instruction = isInstruction(message);
                if (!instruction || !(message instanceof ObjectNode object)) {
                    rest.add(message);
                } else if (first == null) {
                    moved = !rest.isEmpty();
                    first = object;
                } else {
                    moved = true;
                    first = joined(first, object);
                }
            }
            if (!moved || first == null) {
                return request;
            }
            context.note("messages", "system", "moved to the front");
            ArrayNode messages = Json.array().add(first);
            return withMessages(request, messages.addAll(rest));
        }

        private static boolean isInstruction(JsonNode message) {
            String role = Json.text(message, "role");
            return role.equals("system") || role.equals("developer");
        }
    }

    /** {@code merge-roles}: the target wants user and assistant in turn; neighbours of one role are joined. */
    record MergeRoles() implements Adaptation {
        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            ArrayNode messages = Json.array();
            for (JsonNode message : messages(request)) {
                JsonNode last = messages.path(messages.size() - 1);
                if (message instanceof ObjectNode next
                        && last instanceof ObjectNode before
                        && mergeable(before, next)) {
                    messages.set(messages.size() - 1, joined(before, next));
                } else {
                    messages.add(message);
                }
            }
            if (messages.size() == messages(request).size()) {
                return request;
            }
            context.note("messages", messages.size(), "merged");
            return withMessages(request, messages);
        }

        private static boolean mergeable(ObjectNode before, ObjectNode next) {
            String role = Json.text(next, "role");
            return role.equals(Json.text(before, "role"))
                    && !role.equals("tool")
                    && !before.has("tool_calls")
                    && !next.has("tool_calls");
        }
    }

    /** The first message with the content of both. */
    private static ObjectNode joined(ObjectNode first, ObjectNode second) {
        JsonNode a = first.path("content");
        JsonNode b = second.path("content");
        if (a.isTextual() && b.isTextual()) {
            return Json.with(first, "content", a.textValue() + "\n\n" + b.textValue());
        }
        return Json.with(first, "content", parts(a).addAll(parts(b)));
    }

    private static ArrayNode parts(JsonNode content) {
        ArrayNode parts = Json.array();
        if (content.isTextual()) {
            parts.addObject().put("type", "text").set("text", content);
        } else {
            content.forEach(parts::add);
        }
        return parts;
    }

    static JsonNode messages(ModelRequest request) {
        return request.json().path("messages");
    }

    static ModelRequest withMessages(ModelRequest request, ArrayNode messages) {
        return request.with("messages", messages);
    }

    private static boolean anyWith(ModelRequest request, String role) {
        for (JsonNode message : messages(request)) {
            if (Json.text(message, "role").equals(role)) {
                return true;
            }
        }
        return false;
    }
}
