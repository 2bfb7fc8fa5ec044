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
    private final byte[] key;

    @Inject
    public KeyHash(GatewaySecret secret) {
        this.key = secret.derived("api keys");
    }

    /** As hexadecimal digits. To look it up tells nothing of the key by the time that it takes. */
    String of(String text) {
        Mac mac = GatewaySecret.mac(key);
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
