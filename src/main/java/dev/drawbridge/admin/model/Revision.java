package dev.drawbridge.admin.model;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.file.Masking;
import dev.drawbridge.wire.JsonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The entity tag of a configuration: another one after every change that anybody can see. */
public final class Revision {
    private static final int BYTES = 12;

    private Revision() {}

    /** With its quotes. Nothing can be learnt from it of the secrets. */
    public static String of(LiveConfig.Loaded config) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(JsonCodec.write(Masking.mask(config.document())));
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
