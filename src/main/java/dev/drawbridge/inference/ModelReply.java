package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A whole answer: an OpenAI {@code chat.completion}, {@code text_completion} or embedding list.
 *
 * @param original the upstream's own document, where it answers an {@link ModelRequest.Original} request
 */
public record ModelReply(ObjectNode json, Optional<ObjectNode> original) {
    public ModelReply(ObjectNode json) {
        this(json, Optional.empty());
    }

    /** What the upstream says it used, if it says so. */
    public Optional<Usage> usage() {
        return Usage.reported(json.path("usage"));
    }
}
