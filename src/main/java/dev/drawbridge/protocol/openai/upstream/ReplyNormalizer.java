package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.provider.UpstreamErrors;
import java.time.Instant;

/** Makes the hub's reply of what vendors answer: fields that strict SDKs want are there, what a vendor adds stays. */
record ReplyNormalizer(Operation operation, UpstreamErrors errors) {

    /** @throws GatewayException when the document is an error, or no answer */
    ModelReply normalize(JsonNode document) {
        if (UpstreamErrors.isError(document)) {
            throw errors.inside(document);
        }
        String list = operation == Operation.EMBEDDING ? "data" : "choices";
        if (!(document instanceof ObjectNode sent)) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no JSON object");
        }
        // Choices may well say nothing: a model that has nothing to say, or calls a tool.
        if (!(document.path(list).path(0) instanceof ObjectNode)) {
            throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's answer has no " + list);
        }
        ObjectNode reply = Json.without(Json.copy(sent), "error");
        if (Json.present(reply, "usage")) {
            reply.set("usage", UsageForm.of(reply.get("usage"), operation));
        } else {
            reply.remove("usage");
        }
        return new ModelReply(operation == Operation.EMBEDDING ? embeddings(reply) : choices(reply));
    }

    private static ObjectNode embeddings(ObjectNode reply) {
        ArrayNode data = Json.array();
        for (JsonNode item : reply.path("data")) {
            if (item instanceof ObjectNode object) {
                int index = object.path("index").asInt(data.size());
                data.add(Json.copy(object).put("object", "embedding").put("index", index));
            }
        }
        reply.put("object", "list").set("data", data);
        return reply;
    }

    private ObjectNode choices(ObjectNode reply) {
        reply.put("id", Identity.idOf(reply, operation)).put("object", Identity.replyObject(operation));
        if (reply.path("created").asLong(0) <= 0) {
            reply.put("created", Instant.now().getEpochSecond());
        }
        return reply.set("choices", Json.map(reply.path("choices"), this::choice));
    }

    private ObjectNode choice(ObjectNode sent) {
        ObjectNode choice = Json.copy(sent).put("index", sent.path("index").asInt(0));
        boolean tools = false;
        if (operation == Operation.CHAT) {
            ObjectNode message = message(sent.path("message"));
            tools = !message.path("tool_calls").isEmpty();
            choice.set("message", message);
        }
        if (!choice.has("logprobs")) {
            choice.putNull("logprobs");
        }
        String word = Json.text(sent, "finish_reason");
        if (FinishReason.isFailure(word)) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream gave up on its answer");
        }
        FinishReason reason = FinishReason.of(word);
        return choice.put(
                "finish_reason", (reason == FinishReason.STOP && tools ? FinishReason.TOOL_CALLS : reason).wireName());
    }

    private static ObjectNode message(JsonNode sent) {
        ObjectNode message = sent instanceof ObjectNode object ? Json.copy(Reasoning.moved(object)) : Json.object();
        message.put("role", "assistant");
        if (!message.has("content")) {
            message.putNull("content");
        }
        if (!message.has("refusal")) {
            message.putNull("refusal");
        }
        if (Json.present(message, "tool_calls")) {
            message.set("tool_calls", Json.map(message.get("tool_calls"), ReplyNormalizer::toolCall));
        } else {
            message.remove("tool_calls");
        }
        return message;
    }

    private static ObjectNode toolCall(ObjectNode sent) {
        ObjectNode call = Json.copy(sent);
        if (!Json.text(sent, "type").equals("custom")) {
            ObjectNode function =
                    sent.path("function") instanceof ObjectNode object ? Json.copy(object) : Json.object();
            function.put("arguments", ToolCallDeltas.arguments(function.path("arguments")));
            call.put("type", "function").set("function", function);
        }
        return Json.text(sent, "id").isEmpty() ? call.put("id", Identity.callId()) : call;
    }
}
