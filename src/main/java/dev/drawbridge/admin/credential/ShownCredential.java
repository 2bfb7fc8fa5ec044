package dev.drawbridge.admin.credential;

import dev.drawbridge.credential.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is answered of a stored credential. */
record ShownCredential(
        String upstream,

        @Schema(description = "The last 4 characters of each API key; empty where it is shorter than 20.")
        List<String> endings,

        @Schema(description = "The name of the key that it is encrypted with.")
        String encryptionKey,

        @Schema(description = "When it was given.") Instant changed,

        @Schema(description = "Why this node cannot use it; missing where it can.")
        Optional<String> problem) {

    static ShownCredential of(Stored stored) {
        return new ShownCredential(
                stored.upstream(), stored.endings(), stored.encryptionKey(), stored.changed(), stored.problem());
    }
}
