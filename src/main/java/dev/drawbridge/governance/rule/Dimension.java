package dev.drawbridge.governance.rule;

import java.time.Duration;
import java.util.Locale;

/** What is limited, and in which time. */
public enum Dimension {
    REQUESTS_PER_MINUTE(Measure.REQUESTS, Duration.ofMinutes(1)),
    REQUESTS_PER_HOUR(Measure.REQUESTS, Duration.ofHours(1)),
    REQUESTS_PER_DAY(Measure.REQUESTS, Duration.ofDays(1)),
    TOKENS_PER_MINUTE(Measure.TOKENS, Duration.ofMinutes(1)),
    TOKENS_PER_HOUR(Measure.TOKENS, Duration.ofHours(1)),
    TOKENS_PER_DAY(Measure.TOKENS, Duration.ofDays(1)),
    INPUT_TOKENS_PER_MINUTE(Measure.INPUT_TOKENS, Duration.ofMinutes(1)),
    INPUT_TOKENS_PER_HOUR(Measure.INPUT_TOKENS, Duration.ofHours(1)),
    INPUT_TOKENS_PER_DAY(Measure.INPUT_TOKENS, Duration.ofDays(1)),
    OUTPUT_TOKENS_PER_MINUTE(Measure.OUTPUT_TOKENS, Duration.ofMinutes(1)),
    OUTPUT_TOKENS_PER_HOUR(Measure.OUTPUT_TOKENS, Duration.ofHours(1)),
    OUTPUT_TOKENS_PER_DAY(Measure.OUTPUT_TOKENS, Duration.ofDays(1)),
    /** At the same time. */
    IN_FLIGHT(Measure.CALLS, Duration.ZERO);

    /** What is counted. */
    public enum Measure {
        REQUESTS,
        TOKENS,
        INPUT_TOKENS,
        OUTPUT_TOKENS,
        CALLS;

        /** Whether it matters how long the prompt is. */
        public boolean countsInput() {
            return this == TOKENS || this == INPUT_TOKENS;
        }
    }

    private final Measure measure;
    private final Duration window;

    Dimension(Measure measure, Duration window) {
        this.measure = measure;
        this.window = window;
    }

    public Measure measure() {
        return measure;
    }

    /** Zero for calls in flight. */
    public Duration window() {
        return window;
    }

    /** As it stands in the API: {@code requests-per-minute}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
