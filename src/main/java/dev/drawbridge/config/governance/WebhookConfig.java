package dev.drawbridge.config.governance;

import java.time.Duration;

/**
 * An address that is called.
 *
 * @param place of the entry in the file, for messages: {@code hooks.before[0]}
 * @param secret by which it knows that the gateway calls; it does not print
 * @param timeout longest time for an answer
 */
public record WebhookConfig(String place, String url, String secret, Duration timeout) {
    @Override
    public String toString() {
        return place;
    }
}
