package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelStream;

/**
 * {@code think-tags}: the model writes its reasoning into the answer, between {@code <think>} and {@code </think>};
 * clients expect it in {@code reasoning_content}. {@code think-tags: open} is for models whose prompt template has opened
 * the tag already, so that only its end is seen.
 */
record ThinkTags(boolean open) implements Adaptation {

    ThinkTags(JsonNode parameters) {
        this(parameters.asText().equals("open"));
        if (!open && !parameters.isNull()) {
            throw new IllegalArgumentException("write think-tags, or think-tags: open");
        }
    }

    @Override
    public ModelReply reply(ModelReply reply) {
        JsonNode choices = reply.json().path("choices");
        return new ModelReply(Json.with(reply.json(), "choices", Json.map(choices, this::choice)), reply.original());
    }

    @Override
    public ModelStream stream(ModelStream stream) {
        return new ThinkStream(stream, open);
    }

    private ObjectNode choice(ObjectNode choice) {
        if (!(choice.path("message") instanceof ObjectNode message)
                || !message.path("content").isTextual()) {
            return choice;
        }
        ThinkSplitter splitter = new ThinkSplitter(open);
        ThinkSplitter.Split text =
                splitter.feed(message.path("content").textValue()).plus(splitter.end());
        if (text.reasoning().isEmpty()) {
            return choice;
        }
        ObjectNode split = Json.copy(message).put("content", text.content());
        return Json.with(
                choice,
                "message",
                split.put("reasoning_content", text.reasoning().strip()));
    }
}
