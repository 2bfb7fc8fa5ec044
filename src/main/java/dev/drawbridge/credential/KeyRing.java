package dev.drawbridge.credential;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys to encrypt with.
 *
 * @param keys the first is for writing, all are for reading
 */
record KeyRing(List<Key> keys) {
    static final String PROPERTY = "drawbridge.encryption.keys";
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})");
    /** Of AES-256. */
    private static final int BYTES = 32;

    /** @param id stands beside what was encrypted with it */
    record Key(String id, SecretKey secret) {
        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * @param text {@code id:base64}, several with commas between; blank for none
     * @throws GatewayException {@code CONFLICT} when it is none such: nothing can be done until it is mended
     */
    static KeyRing of(String text) {
        List<Key> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<String> entries = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        for (String entry : entries) {
            Key key = key(entry)
                    .orElseThrow(() ->
                            wrong("entry " + (keys.size() + 1) + " must be a name, \":\" and 32 bytes in base64"));
            if (!ids.add(key.id())) {
                throw wrong("two keys are called " + key.id());
            }
            keys.add(key);
        }
        return new KeyRing(List.copyOf(keys));
    }

    private static Optional<Key> key(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            // Both alphabets of base64 are about.
            String plain = parts.group(2).replace('-', '+').replace('_', '/');
            byte[] bytes = Base64.getDecoder().decode(plain);
            return bytes.length == BYTES
                    ? Optional.of(new Key(parts.group(1), new SecretKeySpec(bytes, "AES")))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static GatewayException wrong(String what) {
        // Nothing of the text itself: it is secret.
        return new GatewayException(ErrorKind.CONFLICT, PROPERTY + ": " + what);
    }

    /** @throws GatewayException {@code CONFLICT} when there is none: nothing is ever stored in clear */
    Key first() {
        if (keys.isEmpty()) {
            throw new GatewayException(
                    ErrorKind.CONFLICT,
                    "There is no key to encrypt with, so nothing is stored: set " + PROPERTY
                            + " to a name, \":\" and 32 random bytes in base64");
        }
        return keys.getFirst();
    }

    Optional<Key> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
