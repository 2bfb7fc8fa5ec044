package dev.drawbridge.inference;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of a model.
 *
 * @param title its name for people
 * @param ownedBy who made it, or serves it
 * @param context tokens of prompt and answer together
 * @param defaultMaxTokens tokens to ask for where the client says nothing
 * @param maxTokens the most tokens that it can answer
 * @param capabilities in the catalogue's words; empty when nothing is known
 */
public record ModelFacts(
        String title,
        String ownedBy,
        OptionalLong context,
        OptionalLong defaultMaxTokens,
        OptionalLong maxTokens,
        Set<String> capabilities) {

    /** Whether the model may be asked for this; nothing known is no reason to refuse. */
    public boolean may(Operation operation) {
        return capabilities.isEmpty()
                || capabilities.contains(operation.capability())
                || (operation == Operation.COMPLETION && capabilities.contains("chat"));
    }
}
