package dev.drawbridge.usage;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for records: 32 hexadecimal digits, of which the first 12 are the time in milliseconds, the next 8 a number that
 * grows, the last 12 this process's own. They sort by time, and no two processes make the same.
 */
public final class RecordIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final String PROCESS = process();
    private static final AtomicLong COUNT = new AtomicLong();

    private RecordIds() {}

    public static String next(long millis) {
        return HEX.toHexDigits(millis, 12) + HEX.toHexDigits(COUNT.getAndIncrement(), 8) + PROCESS;
    }

    private static String process() {
        byte[] bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return HEX.formatHex(bytes);
    }
}
