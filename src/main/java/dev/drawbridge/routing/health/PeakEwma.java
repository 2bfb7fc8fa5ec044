package dev.drawbridge.routing.health;

import java.util.concurrent.TimeUnit;

/**
 * A running mean of durations in which a peak counts at once and is forgotten over ten seconds. Without news it fades
 * over a minute, so that who was slow once gets another chance. Thread-safe.
 */
final class PeakEwma {
    private static final double MEMORY = TimeUnit.SECONDS.toNanos(10);
    private static final double FADING = TimeUnit.MINUTES.toNanos(1);

    private double mean;
    private long seen;

    synchronized void add(long nanos, long now) {
        double kept = mean == 0 ? 0 : Math.exp(-(now - seen) / MEMORY);
        double sample = nanos;
        mean = Math.max(sample, sample + (mean - sample) * kept);
        seen = now;
    }

    /** In nanoseconds; 0 while nothing is known. */
    synchronized double at(long now) {
        return mean == 0 ? 0 : mean * Math.exp(-(now - seen) / FADING);
    }
}
