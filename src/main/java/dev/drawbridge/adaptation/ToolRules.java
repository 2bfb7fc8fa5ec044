package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Rules on the messages that carry tool calls and their results: each family of models wants its own shape. */
final class ToolRules {
    private static final int ID_LENGTH = 9;

    private ToolRules() {}

    /** {@code tool-content: ""}: what an assistant message says beside its tool calls when it says nothing. */
    record Content(String form) implements Adaptation {
        Content(JsonNode parameters) {
            this(parameters.isNull() ? "null" : parameters.asText());
            if (!form.equals("null") && !form.isEmpty() && !form.equals("omit")) {
                throw new IllegalArgumentException("write tool-content: null, \"\" or omit");
            }
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            return edited(request, this::shaped);
        }

        private ObjectNode shaped(ObjectNode message) {
            boolean silent = !Json.present(message, "content")
                    || (message.path("content").isTextual()
                            && message.path("content").textValue().isEmpty());
            if (!message.has("tool_calls") || !silent) {
                return message;
            }
            return switch (form) {
                case "omit" -> Json.without(message, "content");
                case "" -> Json.with(message, "content", TextNode.valueOf(""));
                default -> Json.with(message, "content", NullNode.instance);
            };
        }
    }

    /**
     * {@code tool-call-ids}: ids become 9 letters and digits, the same for the same id, as Mistral wants them.
     *
     * @see <a href="https://docs.mistral.ai/capabilities/function_calling/">Mistral: function calling</a>
     */
    record ShortIds() implements Adaptation {
        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            return edited(request, ShortIds::shortened);
        }

        private static ObjectNode shortened(ObjectNode message) {
            ObjectNode result = message;
            if (Json.present(message, "tool_call_id")) {
                result = Json.with(result, "tool_call_id", shortId(Json.text(message, "tool_call_id")));
            }
            if (message.has("tool_calls")) {
                result = Json.with(
                        result,
                        "tool_calls",
                        Json.map(
                                message.get("tool_calls"),
                                call -> Json.with(call, "id", shortId(Json.text(call, "id")))));
            }
            return result;
        }

        private static String shortId(String id) {
            if (id.matches("[A-Za-z0-9]{" + ID_LENGTH + "}")) {
                return id;
            }
            return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", "")
                    .substring(0, ID_LENGTH);
        }
    }

    private static ModelRequest edited(ModelRequest request, UnaryOperator<ObjectNode> edit) {
        JsonNode messages = MessageRules.messages(request);
        return messages.isArray() ? MessageRules.withMessages(request, Json.map(messages, edit)) : request;
    }
}
