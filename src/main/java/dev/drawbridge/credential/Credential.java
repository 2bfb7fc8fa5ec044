package dev.drawbridge.credential;

import dev.drawbridge.registry.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is stored for an upstream, under its name.
 *
 * @param encryptionKey id of the key that it is encrypted with
 * @param sealed each of the upstream's API keys, encrypted
 * @param changed when they were given; encrypting them anew does not count
 */
public record Credential(String encryptionKey, List<String> sealed, Instant changed) {
    // Not even what is encrypted belongs into an audit, which is kept for longer than keys are.
    static final Kind<Credential> KIND = new Kind<>("credential", Credential.class, Set.of("sealed"));
}
