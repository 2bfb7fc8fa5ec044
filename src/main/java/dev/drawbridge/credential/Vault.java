package dev.drawbridge.credential;

import dev.drawbridge.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts credentials with AES-256 in Galois counter mode, each with a random nonce of 96 bits. What comes of it is
 * good for the upstream that it was made for alone: its name is authenticated with it.
 */
final class Vault {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String PURPOSE = "drawbridge credential 1";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyRing ring;

    Vault(KeyRing ring) {
        this.ring = ring;
    }

    /** @throws dev.drawbridge.inference.GatewayException {@code CONFLICT} when there is no key to encrypt with */
    Credential seal(String upstream, List<Secret> keys, Instant changed) {
        KeyRing.Key key = ring.first();
        List<String> sealed =
                keys.stream().map(one -> seal(key, upstream, one.reveal())).toList();
        return new Credential(key.id(), sealed, changed);
    }

    List<Secret> open(String upstream, Credential credential) throws UnreadableException {
        String id = credential.encryptionKey();
        KeyRing.Key key = ring.find(id)
                .orElseThrow(() -> new UnreadableException("there is no key " + id + " in " + KeyRing.PROPERTY));
        List<Secret> keys = new ArrayList<>();
        for (String one : credential.sealed()) {
            keys.add(new Secret(open(key, upstream, one)));
        }
        return List.copyOf(keys);
    }

    /** Whether it is encrypted with the key that is for writing. */
    boolean isCurrent(Credential credential) {
        return credential.encryptionKey().equals(ring.first().id());
    }

    private static String seal(KeyRing.Key key, String upstream, String text) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] secret =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, upstream).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(NONCE + secret.length)
                    .put(nonce)
                    .put(secret)
                    .array();
            return Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is not to be had", e);
        }
    }

    private static String open(KeyRing.Key key, String upstream, String sealed) throws UnreadableException {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            byte[] nonce = new byte[NONCE];
            ByteBuffer.wrap(whole).get(nonce);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, upstream).doFinal(whole, NONCE, whole.length - NONCE);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Not more than that: the cipher's own words would tell an attacker how far he got.
            throw new UnreadableException(
                    "the key " + key.id() + " is another one than it was encrypted with, or it has been changed since");
        }
    }

    private static Cipher cipher(int mode, KeyRing.Key key, byte[] nonce, String upstream)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((PURPOSE + '\n' + key.id() + '\n' + upstream).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
