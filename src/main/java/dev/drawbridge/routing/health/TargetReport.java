package dev.drawbridge.routing.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a target is, for people and monitors.
 *
 * @param state {@code closed} as it should be, {@code open}, {@code half-open} or {@code held}
 * @param reason why it may not be asked, if so
 * @param closedFor how long still; zero when it may be asked
 * @param inFlight calls of this target
 * @param queue calls that wait for a place at its upstream
 * @param latencyMillis to the first token; empty while unknown
 * @param failureRate in percent of the last calls; empty while too few are known
 * @param warmth its share of the calls after a recovery, from 0.1 to 1
 */
public record TargetReport(
        String upstream,
        String model,
        String state,
        Optional<String> reason,
        Duration closedFor,
        int inFlight,
        int queue,
        OptionalDouble latencyMillis,
        OptionalDouble failureRate,
        double warmth,
        Credentials credentials) {

    /** How many of the upstream's credentials may be used for it. */
    public record Credentials(int free, int all) {}

    static String word(CircuitBreaker.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
