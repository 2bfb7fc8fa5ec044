package dev.drawbridge.governance.key;

import dev.drawbridge.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * What keys look like: {@code sk-db-}, 37 random characters, and 6 that follow from these. So secret scanners know one
 * when they see it, and what was mistyped is refused without a look.
 */
final class KeyText {
    static final String START = "sk-db-";
    /** Shown of a key, for people to recognise it. */
    static final int PREFIX = 12;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 37;
    private static final int CHECKSUM = 6;
    private static final int LENGTH = START.length() + RANDOM + CHECKSUM;
    private static final SecureRandom SOURCE = new SecureRandom();

    private KeyText() {}

    static Secret random() {
        StringBuilder key = new StringBuilder(LENGTH).append(START);
        for (int i = 0; i < RANDOM; i++) {
            key.append(DIGITS.charAt(SOURCE.nextInt(DIGITS.length())));
        }
        return new Secret(key.append(checksum(key)).toString());
    }

    static boolean looksGood(String text) {
        return text.length() == LENGTH
                && text.startsWith(START)
                && text.substring(LENGTH - CHECKSUM).equals(checksum(text.substring(0, LENGTH - CHECKSUM)));
    }

    private static String checksum(CharSequence key) {
        CRC32 crc = new CRC32();
        crc.update(key.toString().getBytes(StandardCharsets.UTF_8));
        char[] digits = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
