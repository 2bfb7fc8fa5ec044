package dev.drawbridge.credential;

import java.util.Arrays;
import java.util.Base64;

/** Encryption keys that are easy to tell apart. */
final class TestKeys {
    private TestKeys() {}

    /** As in {@code drawbridge.encryption.keys}. */
    static String entry(String id, int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
