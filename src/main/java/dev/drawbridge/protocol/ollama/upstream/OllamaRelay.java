package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.adaptation.MaxTokens;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.provider.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request of a client that speaks Ollama's API itself: its own document goes on, fields that nobody here knows
 * included, and the answers carry the upstream's own documents. The hub's form of them is still made, for the meter.
 */
final class OllamaRelay {
    private static final String PREFIX = "ollama/";

    private final ModelRequest request;
    private final Original original;

    private OllamaRelay(ModelRequest request, Original original) {
        this.request = request;
        this.original = original;
    }

    /** Where the client's document may go on: an administrator's rules would have no effect on it. */
    static Optional<OllamaRelay> of(Target target, ModelRequest request) {
        boolean ruled = target.adaptations().stream().anyMatch(rule -> !(rule instanceof MaxTokens));
        return request.original()
                .filter(original -> !ruled && original.dialect().startsWith(PREFIX))
                .map(original -> new OllamaRelay(request, original));
    }

    String path() {
        return "api/" + operation();
    }

    /** The document for this upstream, {@code stream} excepted: with its name of the model, and no longer than allowed. */
    ObjectNode body() {
        ObjectNode body = Json.with(original.document(), "model", request.model());
        String field = request.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        JsonNode limit = request.json().path(field);
        JsonNode options = body.path("options");
        if (limit.isNumber() && options.path("num_predict").asLong() != limit.asLong()) {
            ObjectNode own = options instanceof ObjectNode object ? object : Json.object();
            body.set("options", Json.with(own, "num_predict", limit));
        }
        return body;
    }

    ModelReply reply(ObjectNode answer) {
        return new ModelReply(OllamaReplies.reply(request, hub(answer)).json(), Optional.of(answer));
    }

    /** The chunks that a line stands for, the first of which carries it; there is always one. */
    List<ModelChunk> chunks(ObjectNode line, OllamaChunks hub) {
        List<ModelChunk> chunks = new ArrayList<>(hub.of(hub(line)));
        ObjectNode first =
                chunks.isEmpty() ? hub.nothing() : chunks.removeFirst().json();
        chunks.addFirst(new ModelChunk(first, Optional.of(line)));
        return chunks;
    }

    /** The answer as that of the operation whose name the hub's request has. */
    private ObjectNode hub(ObjectNode answer) {
        return switch (operation()) {
            case "generate" -> generated(answer);
            case "embeddings" -> Json.with(answer, "embeddings", Json.array().add(answer.path("embedding")));
            default -> answer;
        };
    }

    /** Questions without a conversation are chats in the hub, unless they are texts to continue. */
    private ObjectNode generated(ObjectNode answer) {
        if (!(request instanceof ModelRequest.ChatRequest) || !answer.has("response")) {
            return answer;
        }
        ObjectNode message = Json.object().put("role", "assistant").put("content", Json.text(answer, "response"));
        if (answer.has("thinking")) {
            message.set("thinking", answer.path("thinking"));
        }
        return Json.with(answer, "message", message);
    }

    private String operation() {
        return original.dialect().substring(PREFIX.length());
    }
}
