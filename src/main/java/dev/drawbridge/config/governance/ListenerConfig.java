package dev.drawbridge.config.governance;

import java.util.Set;

/**
 * Who is told afterwards.
 *
 * @param events of what
 */
public record ListenerConfig(WebhookConfig webhook, Set<Event> events) {

    /** What is told. */
    public enum Event {
        /** The record of a call. */
        CALL,
        /** A budget has come to a mark. */
        BUDGET
    }
}
