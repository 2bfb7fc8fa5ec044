package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import java.util.Map;
import java.util.Set;

/**
 * Checks what no upstream could make sense of, so that the client learns at once which field is wrong. Values and fields
 * that one vendor knows and another does not are the vendors' business.
 */
final class RequestChecks {
    private static final Map<String, FieldType> FIELDS = Map.ofEntries(
            Map.entry("stream", FieldType.BOOLEAN),
            Map.entry("stream_options", FieldType.OBJECT),
            Map.entry("temperature", FieldType.NUMBER),
            Map.entry("top_p", FieldType.NUMBER),
            Map.entry("presence_penalty", FieldType.NUMBER),
            Map.entry("frequency_penalty", FieldType.NUMBER),
            Map.entry("n", FieldType.COUNT),
            Map.entry("best_of", FieldType.COUNT),
            Map.entry("max_tokens", FieldType.LENGTH),
            Map.entry("max_completion_tokens", FieldType.LENGTH),
            Map.entry("dimensions", FieldType.COUNT),
            Map.entry("seed", FieldType.INTEGER),
            Map.entry("top_logprobs", FieldType.INTEGER),
            Map.entry("stop", FieldType.TEXT_OR_LIST),
            Map.entry("logit_bias", FieldType.OBJECT),
            Map.entry("tools", FieldType.LIST),
            Map.entry("response_format", FieldType.OBJECT),
            Map.entry("parallel_tool_calls", FieldType.BOOLEAN),
            Map.entry("encoding_format", FieldType.TEXT),
            Map.entry("echo", FieldType.BOOLEAN),
            Map.entry("suffix", FieldType.TEXT),
            Map.entry("user", FieldType.TEXT));

    private RequestChecks() {}

    static ChatRequest chat(ObjectNode document) {
        fields(document);
        Messages.check(document);
        FieldType.BOOLEAN_OR_INTEGER.check(document, "logprobs");
        JsonNode logprobs = document.path("logprobs");
        if (!logprobs.isIntegralNumber()) {
            return new ChatRequest(document);
        }
        // What the completions API calls logprobs: N is two fields here; clients mix them up.
        ObjectNode changed = Json.with(document, "logprobs", BooleanNode.TRUE);
        return new ChatRequest(
                Json.present(document, "top_logprobs") ? changed : Json.with(changed, "top_logprobs", logprobs));
    }

    static CompletionRequest completion(ObjectNode document) {
        fields(document);
        if (document.has("messages") && !document.has("prompt")) {
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "This is a chat request: send \"messages\" to /v1/chat/completions; /v1/completions takes \"prompt\"")
                    .at("messages");
        }
        input(document, "prompt");
        FieldType.INTEGER.check(document, "logprobs");
        return new CompletionRequest(document);
    }

    static EmbeddingRequest embedding(ObjectNode document) {
        fields(document);
        input(document, "input");
        boolean known = Set.of("", "float", "base64").contains(Json.text(document, "encoding_format"));
        if (!known) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "\"encoding_format\" must be \"float\" or \"base64\"")
                    .at("encoding_format");
        }
        return new EmbeddingRequest(document);
    }

    private static void fields(ObjectNode document) {
        if (!document.path("model").isTextual()
                || document.path("model").textValue().isBlank()) {
            throw missing("model", "the id of a model");
        }
        document.fieldNames().forEachRemaining(name -> {
            FieldType type = FIELDS.get(name);
            if (type != null) {
                type.check(document, name);
            }
        });
    }

    /** A text, a list of texts, a list of tokens or a list of lists of tokens. */
    private static void input(ObjectNode document, String field) {
        JsonNode input = document.path(field);
        if (input.isMissingNode() || input.isNull()) {
            throw missing(field, "a text, a list of texts or tokens");
        }
        if (input.isTextual()) {
            return;
        }
        if (!input.isArray() || input.isEmpty()) {
            throw FieldType.wrong(field, "a text or a list that is not empty");
        }
        for (int i = 0; i < input.size(); i++) {
            JsonNode element = input.get(i);
            if (!element.isTextual() && !element.isIntegralNumber() && !element.isArray()) {
                throw FieldType.wrong(field + "[" + i + "]", "a text, a token or a list of tokens");
            }
        }
    }

    static GatewayException missing(String field, String what) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "\"" + field + "\" is missing: " + what)
                .at(field)
                .withCode("missing_required_parameter");
    }
}
