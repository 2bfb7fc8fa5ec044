package dev.drawbridge.admin.model;

import java.util.Locale;

/** Sizes as {@code ollama list} prints them: decimal units, a fraction only below ten. */
final class HumanSize {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private HumanSize() {}

    /** @param bytes 0 where there are none */
    static String of(long bytes) {
        if (bytes <= 0) {
            return ModelListing.NO_SIZE;
        }
        int unit = 0;
        double value = bytes;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        boolean fraction = value < 10 && unit > 0 && value != Math.floor(value);
        return fraction ? String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]) : (long) value + " " + UNITS[unit];
    }
}
