package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A stream whose reasoning is told apart from its answer, choice by choice. Not thread-safe. */
final class ThinkStream implements ModelStream {
    private final ModelStream source;
    private final boolean open;
    private final Map<Integer, ThinkSplitter> splitters = new HashMap<>();

    /** @param open whether the stream begins inside of the tags */
    ThinkStream(ModelStream source, boolean open) {
        this.source = source;
        this.open = open;
    }

    @Override
    public Optional<ModelChunk> next() {
        return source.next().map(this::split);
    }

    @Override
    public boolean ready() {
        return source.ready();
    }

    @Override
    public void close() {
        source.close();
    }

    private ModelChunk split(ModelChunk chunk) {
        JsonNode choices = chunk.json().path("choices");
        return choices.isEmpty()
                ? chunk
                : new ModelChunk(Json.with(chunk.json(), "choices", Json.map(choices, this::choice)), chunk.original());
    }

    private ObjectNode choice(ObjectNode choice) {
        ThinkSplitter splitter =
                splitters.computeIfAbsent(choice.path("index").asInt(), index -> new ThinkSplitter(open));
        JsonNode delta = choice.path("delta");
        ThinkSplitter.Split text = splitter.feed(Json.text(delta, "content"));
        if (Json.present(choice, "finish_reason")) {
            text = text.plus(splitter.end());
        }
        if (!(delta instanceof ObjectNode before)) {
            return choice;
        }
        ObjectNode after = Json.copy(before);
        if (before.path("content").isTextual() || !text.content().isEmpty()) {
            after.put("content", text.content());
        }
        if (!text.reasoning().isEmpty()) {
            after.put("reasoning_content", text.reasoning());
        }
        return Json.with(choice, "delta", after);
    }
}
