package dev.drawbridge.credential;

import dev.drawbridge.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be known of a stored credential: never the credential.
 *
 * @param version of the entry
 * @param endings of its API keys: the last 4 characters of those that are long enough for that to say nothing
 * @param encryptionKey id of the key that it is encrypted with
 * @param changed when it was given
 * @param problem why this node cannot use it, if it cannot
 */
public record Stored(
        String upstream,
        long version,
        List<String> endings,
        String encryptionKey,
        Instant changed,
        Optional<String> problem) {
    private static final int SHOWN = 4;
    private static final int LONG_ENOUGH = 20;

    static String ending(Secret key) {
        String text = key.reveal();
        return text.length() < LONG_ENOUGH ? "" : text.substring(text.length() - SHOWN);
    }
}
