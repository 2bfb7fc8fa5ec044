package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Operation;
import java.util.Optional;

/** One choice of a stream: its role once, its tool calls in order, one finish reason, nothing after it. */
final class ChoiceNormalizer {
    private final int index;
    private final Operation operation;
    private final ToolCallDeltas tools = new ToolCallDeltas();
    private boolean begun;
    private boolean finished;

    ChoiceNormalizer(int index, Operation operation) {
        this.index = index;
        this.operation = operation;
    }

    boolean isFinished() {
        return finished;
    }

    /** What clients get for it; nothing after the finish. */
    Optional<ObjectNode> accept(ObjectNode choice) {
        if (finished) {
            return Optional.empty();
        }
        ObjectNode normal = Json.copy(choice).put("index", index);
        if (operation == Operation.CHAT) {
            normal.set("delta", delta(choice.path("delta")));
        } else {
            normal.put("text", Json.text(choice, "text"));
        }
        return Optional.of(normal.set("finish_reason", finishReason(choice)));
    }

    /** The finish that an upstream forgot. */
    ObjectNode finish() {
        finished = true;
        ObjectNode choice = Json.object().put("index", index);
        if (operation == Operation.CHAT) {
            choice.putObject("delta");
        } else {
            choice.put("text", "");
        }
        return choice.put("finish_reason", reason(FinishReason.STOP).wireName());
    }

    private JsonNode finishReason(ObjectNode choice) {
        String word = Json.text(choice, "finish_reason");
        if (word.isEmpty()) {
            return NullNode.instance;
        }
        if (FinishReason.isFailure(word)) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream gave up on its answer");
        }
        finished = true;
        return choice.textNode(reason(FinishReason.of(word)).wireName());
    }

    /** Gemini and Ollama say "stop" after tool calls, on which agents stop. */
    private FinishReason reason(FinishReason said) {
        return said == FinishReason.STOP && tools.any() ? FinishReason.TOOL_CALLS : said;
    }

    private ObjectNode delta(JsonNode sent) {
        ObjectNode delta = sent instanceof ObjectNode object ? Reasoning.moved(object) : Json.object();
        ObjectNode normal = Json.without(delta, "role");
        if (Json.present(normal, "tool_calls")) {
            normal = Json.with(normal, "tool_calls", tools.normalize(normal.get("tool_calls")));
        } else {
            normal = Json.without(normal, "tool_calls");
        }
        if (begun) {
            return normal;
        }
        begun = true;
        ObjectNode first = Json.object().put("role", "assistant");
        first.put("content", Json.text(normal, "content"));
        return first.setAll(Json.without(normal, "content"));
    }
}
