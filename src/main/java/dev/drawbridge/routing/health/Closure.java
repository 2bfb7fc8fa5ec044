package dev.drawbridge.routing.health;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;

/**
 * Why a target may not be asked.
 *
 * @param nanos how long still
 * @param kind what clients are told
 * @param reason for people
 */
record Closure(long nanos, ErrorKind kind, String reason) {

    GatewayException refusal() {
        // Up to the next millisecond: who comes back then must find it open.
        return new GatewayException(kind, reason).withRetryAfter(Duration.ofMillis(nanos / 1_000_000 + 1));
    }
}
