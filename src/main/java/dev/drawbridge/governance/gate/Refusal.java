package dev.drawbridge.governance.gate;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a call may not be made.
 *
 * @param reason in words for the client
 * @param retryAfter when it may ask again, where waiting helps
 */
public record Refusal(Kind kind, String reason, Optional<Duration> retryAfter) {

    /** What it means for the client. */
    public enum Kind {
        /** Not this caller, or not this model: 403. */
        FORBIDDEN(ErrorKind.FORBIDDEN),
        /** Nothing is left for this caller: 429, and trying again does not help. */
        QUOTA_EXHAUSTED(ErrorKind.QUOTA_EXHAUSTED),
        /** Too often for now: 429. */
        RATE_LIMITED(ErrorKind.RATE_LIMITED),
        /** Against a rule: 400. */
        CONTENT_FILTER(ErrorKind.CONTENT_FILTER);

        private final ErrorKind error;

        Kind(ErrorKind error) {
            this.error = error;
        }

        /** As webhooks write it: {@code quota-exhausted}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    public Refusal(Kind kind, String reason) {
        this(kind, reason, Optional.empty());
    }

    GatewayException failure() {
        return new GatewayException(kind.error, reason).withRetryAfter(retryAfter.orElse(null));
    }
}
