package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One piece of a streamed answer: an OpenAI {@code chat.completion.chunk} or partial {@code text_completion}. */
public record ModelChunk(ObjectNode json) {

    /** Whether this is the last chunk, the one without choices that carries the usage. */
    public boolean isUsage() {
        return json.path("choices").isEmpty() && Json.present(json, "usage");
    }

    public Optional<Usage> usage() {
        return Usage.reported(json.path("usage"));
    }
}
