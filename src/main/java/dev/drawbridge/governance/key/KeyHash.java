package dev.drawbridge.governance.key;

import dev.drawbridge.store.GatewaySecret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * What is kept of a key: HMAC with SHA-256. A key has so many random bits that no slower hash is called for, and the
 * gateway's secret makes the table of hashes useless to others.
 */
@Singleton
public class KeyHash {
    /** Ready to begin; copies of it begin without reading the gateway's secret again. */
    private final Mac begun;

    @Inject
    public KeyHash(GatewaySecret secret) {
        this.begun = GatewaySecret.mac(secret.derived("api keys"));
    }

    /** As hexadecimal digits. To look it up tells nothing of the key by the time that it takes. */
    String of(String text) {
        return HexFormat.of().formatHex(copy().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac copy() {
        try {
            return (Mac) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's HMAC cannot be copied", e);
        }
    }
}
