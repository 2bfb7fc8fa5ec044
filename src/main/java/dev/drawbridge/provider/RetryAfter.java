package dev.drawbridge.provider;

import dev.drawbridge.catalog.FailureRules.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How long an upstream's headers ask for it to be left alone: {@code retry-after-ms}, {@code retry-after}, otherwise
 * what they say of its limits.
 */
final class RetryAfter {
    /** Elsewhere limits are told, too, but are not why the call failed. */
    private static final Set<Integer> LIMITED = Set.of(429, 503);

    private RetryAfter() {}

    /** @param headers the answer's, by name in any case */
    static Optional<Duration> of(int status, Function<String, Optional<String>> headers, List<Limit> limits) {
        return of(status, headers, limits, Instant.now());
    }

    static Optional<Duration> of(
            int status, Function<String, Optional<String>> headers, List<Limit> limits, Instant now) {
        return headers.apply("retry-after-ms")
                .flatMap(Waits::millis)
                .or(() -> headers.apply("retry-after").flatMap(text -> Waits.of(text, now)))
                .or(() -> LIMITED.contains(status) ? reset(headers, limits, now) : Optional.empty());
    }

    /** When all that is used up is there again; if nothing is, the soonest: one of them was too little. */
    private static Optional<Duration> reset(
            Function<String, Optional<String>> headers, List<Limit> limits, Instant now) {
        List<Limit> empty = limits.stream()
                .filter(limit -> headers.apply(limit.remaining())
                        .filter(RetryAfter::isNothing)
                        .isPresent())
                .toList();
        Comparator<Duration> order = empty.isEmpty() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return (empty.isEmpty() ? limits : empty)
                .stream()
                        .flatMap(limit -> headers.apply(limit.reset()).stream())
                        .flatMap(text -> Waits.of(text, now).stream())
                        .max(order);
    }

    /** Azure says -1 for limits that are used up. */
    private static boolean isNothing(String remaining) {
        return remaining.strip().matches("-\\d+|0+(\\.0+)?");
    }
}
