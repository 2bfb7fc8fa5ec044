package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import java.util.Optional;
import java.util.Set;

/** How the model is to answer: what chats and plain questions have in common. */
final class AnswerSettings {
    private static final Set<String> LEVELS = Set.of("low", "medium", "high", "max");

    private AnswerSettings() {}

    /** @param hub the request so far, with {@code messages} or a {@code prompt} */
    static void put(ObjectNode document, ObjectNode hub, AskedModel model) {
        SamplingOptions.put(document, hub);
        format(document.path("format"), hub);
        boolean chat = hub.has("messages");
        Optional<String> effort = effort(document, model);
        if (chat) {
            effort.ifPresent(level -> hub.put("reasoning_effort", level));
        }
        if (Fields.flag(document, "logprobs", false)) {
            int top = document.path("top_logprobs").asInt();
            if (chat) {
                hub.put("logprobs", true).put("top_logprobs", top);
            } else {
                hub.put("logprobs", top);
            }
        }
    }

    private static void format(JsonNode format, ObjectNode hub) {
        if (format.isMissingNode()
                || format.isNull()
                || (format.isTextual() && format.textValue().isEmpty())) {
            return;
        }
        if (format.isObject()) {
            ObjectNode wanted = hub.putObject("response_format").put("type", "json_schema");
            wanted.putObject("json_schema")
                    .put("name", "response")
                    // Ollama takes any schema; OpenAI's strict ones must forbid additional properties.
                    .put("strict", false)
                    .set("schema", format);
        } else if (format.asText().equals("json")) {
            hub.putObject("response_format").put("type", "json_object");
        } else {
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "invalid format: " + format + "; expected \"json\" or a valid JSON Schema object")
                    .at("format");
        }
    }

    private static Optional<String> effort(ObjectNode document, AskedModel model) {
        JsonNode think = document.path("think");
        if (!Json.present(document, "think")) {
            return Optional.empty();
        }
        if (!think.isBoolean() && !LEVELS.contains(think.asText())) {
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "invalid think value: " + think
                                    + " (must be \"high\", \"medium\", \"low\", \"max\", true, or false)")
                    .at("think");
        }
        boolean wanted = think.asBoolean(true);
        if (!model.lacks("reasoning")) {
            return Optional.of(think.isTextual() ? think.textValue() : wanted ? "medium" : "none");
        }
        if (wanted) {
            throw model.refusal("thinking");
        }
        // It does not think anyway, and vendors refuse the field for such models.
        return Optional.empty();
    }
}
