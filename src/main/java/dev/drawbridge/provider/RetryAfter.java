package dev.drawbridge.provider;

import dev.drawbridge.transport.UpstreamExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long an upstream asks to be left alone: {@code retry-after-ms}, {@code retry-after} in seconds or as a date. */
public final class RetryAfter {
    private RetryAfter() {}

    public static Optional<Duration> of(UpstreamExchange exchange) {
        return exchange.header("retry-after-ms")
                .flatMap(text -> number(text, 1))
                .or(() -> exchange.header("retry-after")
                        .flatMap(text -> number(text, 1000).or(() -> date(text))));
    }

    private static Optional<Duration> number(String text, int millis) {
        try {
            double wait = Double.parseDouble(text.strip()) * millis;
            return wait >= 0 && wait < 1e12 ? Optional.of(Duration.ofMillis(Math.round(wait))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String text) {
        try {
            Instant then = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
