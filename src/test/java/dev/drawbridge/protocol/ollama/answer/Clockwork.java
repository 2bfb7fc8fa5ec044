package dev.drawbridge.protocol.ollama.answer;

import java.time.Duration;
import java.time.Instant;

/** A time that passes when a test says so. */
final class Clockwork {
    private static final Instant START = Instant.parse("2026-08-22T10:00:00Z");
    private static final long NANOS = 5_000;

    private long passed;

    /** The timing of a request that arrived now and took so long to be understood. */
    Timing asked(Duration understanding) {
        passed += understanding.toNanos();
        return new Timing(NANOS, () -> NANOS + passed, () -> START.plusNanos(passed));
    }

    /** The time since the start. */
    Clockwork at(Duration time) {
        passed = time.toNanos();
        return this;
    }
}
