package dev.drawbridge.governance.gate;

import java.util.Optional;

/**
 * May refuse calls. Every CDI bean of this type is asked before each call of a model, on the call's own virtual thread:
 * it may block, and whoever waits for it is that call alone. An exception of it fails the call.
 */
@FunctionalInterface
public interface Gate {
    /** Empty to let it pass. */
    Optional<Refusal> check(Question question);
}
