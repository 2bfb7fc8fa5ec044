package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import java.util.List;

/** OpenAI requests in Ollama's words. What Ollama has no word for is left out, unless the answer would be another one. */
final class OllamaRequests {
    private final OllamaMessages messages;

    OllamaRequests(OllamaMessages messages) {
        this.messages = messages;
    }

    static String path(ModelRequest request) {
        return switch (request) {
            case ChatRequest chat -> "api/chat";
            case CompletionRequest completion -> "api/generate";
            case EmbeddingRequest embedding -> "api/embed";
        };
    }

    /**
     * The body to post, {@code stream} excepted: Ollama streams unless told not to.
     *
     * @throws GatewayException naming the field that cannot be said
     */
    ObjectNode body(ModelRequest request) {
        ObjectNode body = Json.object().put("model", request.model());
        switch (request) {
            case ChatRequest chat -> chat(chat, body);
            case CompletionRequest completion -> completion(completion, body);
            case EmbeddingRequest embedding -> embedding(embedding, body);
        }
        if (request.has("keep_alive")) {
            body.set("keep_alive", request.json().path("keep_alive"));
        }
        ObjectNode options = OllamaOptions.options(request.json());
        if (!options.isEmpty()) {
            body.set("options", options);
        }
        return body;
    }

    private void chat(ChatRequest request, ObjectNode body) {
        refuseSeveral(request, "n");
        ObjectNode json = request.json();
        body.set("messages", messages.messages(json.path("messages")));
        if (!json.path("tools").isEmpty() && !Json.text(json, "tool_choice").equals("none")) {
            body.set("tools", json.path("tools"));
        }
        format(json, body);
        think(json, body);
        copy(json, body, List.of("logprobs", "top_logprobs"));
    }

    /**
     * A completion continues the text as it stands, so the model's template is left out; only with a {@code suffix} is
     * it needed, as it says where the gap is.
     */
    private static void completion(CompletionRequest request, ObjectNode body) {
        refuseSeveral(request, "n");
        refuseSeveral(request, "best_of");
        ObjectNode json = request.json();
        body.put("prompt", prompt(request));
        if (request.has("suffix")) {
            body.set("suffix", json.path("suffix"));
        } else {
            body.put("raw", json.path("raw").asBoolean(true));
        }
        format(json, body);
        think(json, body);
        if (request.has("logprobs")) {
            body.put("logprobs", true).put("top_logprobs", json.path("logprobs").asInt());
        }
    }

    private static void embedding(EmbeddingRequest request, ObjectNode body) {
        JsonNode input = request.json().path("input");
        boolean texts =
                input.isTextual() || (input.isArray() && input.valueStream().allMatch(JsonNode::isTextual));
        if (!texts) {
            throw new GatewayException(
                            ErrorKind.UNSUPPORTED_PARAMETER, "this model takes a string or a list of strings as input")
                    .at("input");
        }
        body.set("input", input);
        copy(request.json(), body, List.of("dimensions", "truncate"));
    }

    /** The one text that Ollama can continue. */
    static String prompt(CompletionRequest request) {
        JsonNode prompt = request.json().path("prompt");
        JsonNode one = prompt.size() == 1 ? prompt.path(0) : prompt;
        if (one.isTextual()) {
            return one.textValue();
        }
        throw new GatewayException(ErrorKind.UNSUPPORTED_PARAMETER, "this model takes one string as prompt")
                .at("prompt");
    }

    private static void format(ObjectNode json, ObjectNode body) {
        JsonNode wanted = json.path("response_format");
        switch (Json.text(wanted, "type")) {
            case "json_object" -> body.put("format", "json");
            case "json_schema" -> body.set("format", schema(wanted));
            default -> {
                // Text is what Ollama answers anyway.
            }
        }
    }

    private static JsonNode schema(JsonNode wanted) {
        JsonNode schema = wanted.path("json_schema").path("schema");
        if (schema.isObject()) {
            return schema;
        }
        throw new GatewayException(ErrorKind.INVALID_REQUEST, "response_format has no schema")
                .at("response_format.json_schema.schema");
    }

    private static void think(ObjectNode json, ObjectNode body) {
        String effort = Json.text(json, "reasoning_effort");
        switch (effort) {
            case "" -> copy(json, body, List.of("think"));
            case "none" -> body.put("think", false);
            case "minimal" -> body.put("think", "low");
            case "low", "medium", "high", "max" -> body.put("think", effort);
            case "xhigh" -> body.put("think", "max");
            default ->
                throw new GatewayException(ErrorKind.INVALID_REQUEST, "reasoning_effort is none of the known levels")
                        .at("reasoning_effort");
        }
    }

    private static void refuseSeveral(ModelRequest request, String field) {
        if (request.json().path(field).asInt(1) > 1) {
            throw new GatewayException(ErrorKind.UNSUPPORTED_PARAMETER, "this model gives one answer to a request")
                    .at(field);
        }
    }

    private static void copy(ObjectNode from, ObjectNode to, List<String> fields) {
        for (String field : fields) {
            if (Json.present(from, field)) {
                to.set(field, from.path(field));
            }
        }
    }
}
