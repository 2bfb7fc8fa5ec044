package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Dimension.Measure;
import java.math.BigInteger;
import java.util.Map;

/**
 * So much in so long. Whoever has not taken anything for that long may take it all at once; what has been taken flows
 * back evenly.
 *
 * @param window in nanoseconds; 0 where nothing flows back by itself
 */
record Rate(Dimension dimension, long most, long window) {
    private static final long NEVER = Long.MAX_VALUE / 4;

    static Rate[] of(Map<Dimension, Long> most) {
        return most.entrySet().stream()
                .map(entry -> new Rate(
                        entry.getKey(),
                        Math.max(0, entry.getValue()),
                        entry.getKey().window().toNanos()))
                .sorted((one, other) -> one.dimension.compareTo(other.dimension))
                .toArray(Rate[]::new);
    }

    Measure measure() {
        return dimension.measure();
    }

    /** Whether it matters how long the prompt is. */
    boolean countsInput() {
        return measure().countsInput();
    }

    /** What has flown back after so many nanoseconds: whole units, and never one too early. */
    long flown(long nanos) {
        return window == 0 || most == 0 ? 0 : product(nanos, most, 0, window);
    }

    /** After how many nanoseconds so much has flown back. */
    long time(long amount) {
        return most == 0 ? window : product(amount, window, most - 1, most);
    }

    /** {@code (a * b + more) / by}, exact. */
    private static long product(long a, long b, long more, long by) {
        long low = a * b;
        if (Math.multiplyHigh(a, b) == 0 && low >= 0 && low + more >= 0) {
            return Math.min(NEVER, (low + more) / by);
        }
        BigInteger exact = BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .add(BigInteger.valueOf(more))
                .divide(BigInteger.valueOf(by));
        return exact.bitLength() > 61 ? NEVER : exact.longValueExact();
    }
}
