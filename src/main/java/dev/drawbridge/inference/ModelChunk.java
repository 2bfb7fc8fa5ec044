package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One piece of a streamed answer: an OpenAI {@code chat.completion.chunk} or partial {@code text_completion}.
 *
 * @param original the upstream's own document, where it answers an {@link ModelRequest.Original} request; one document may stand for
 *     several chunks, of which the first carries it
 */
public record ModelChunk(ObjectNode json, Optional<ObjectNode> original) {
    public ModelChunk(ObjectNode json) {
        this(json, Optional.empty());
    }

    /** Whether this is the last chunk, the one without choices that carries the usage. */
    public boolean isUsage() {
        return json.path("choices").isEmpty() && Json.present(json, "usage");
    }

    public Optional<Usage> usage() {
        return Usage.reported(json.path("usage"));
    }
}
