package dev.drawbridge.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;

/**
 * What hashes of keys and seals of files are made with: {@code drawbridge.secret}, which several nodes must share, or
 * else a file in the data folder. Whoever has only the database cannot make use of the hashes in it.
 */
@Singleton
public class GatewaySecret {
    private static final int SHORTEST = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    @Inject
    GatewaySecret(Config config, DataFolder folder) {
        this(config.getOptionalValue("drawbridge.secret", String.class)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> ownFile(folder.resolve("secret"))));
    }

    public GatewaySecret(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalStateException("drawbridge.secret must have at least " + SHORTEST + " characters");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** 32 bytes for one purpose, of which no other purpose's can be told. */
    public byte[] derived(String purpose) {
        return mac(secret).doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC with SHA-256. */
    public static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }

    private static String ownFile(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway's secret cannot be kept in " + file, e);
        }
    }

    /** Whole or not at all: a secret that was cut off would make all keys void one day. */
    private static void create(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Path whole = Files.createTempFile(file.getParent(), "secret", ".tmp", DataFolder.confidential());
        Files.writeString(whole, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.SYNC);
        Files.move(whole, file);
    }
}
