package dev.drawbridge.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How vendors write a wait. Nonsense is none at all. */
final class Waits {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?(e\\d{1,3})?");
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?) ?"
            + "(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)(?![a-z])");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + "[ ,]*)+");

    /** Such as {@code Please try again in 6m0s.} and {@code Please retry after 7 seconds.} */
    private static final Pattern WORDS =
            Pattern.compile("(?:again|retry|wait)(?: for| in| after)? ((?:" + PART.pattern() + "[ ,]*)+)");

    /** Numbers above these are moments, not waits: 31 years in seconds, or in milliseconds. */
    private static final double MOMENT_SECONDS = 1e9;

    private static final double MOMENT_MILLIS = 1e12;

    private Waits() {}

    /** A header's text in whatever form: seconds, a duration, a date, a moment since 1970. */
    static Optional<Duration> of(String text, Instant now) {
        String stripped = text.strip();
        return number(stripped, now)
                .or(() -> duration(stripped))
                .or(() -> moment(stripped).map(then -> until(then, now)));
    }

    static Optional<Duration> millis(String text) {
        return decimal(text.strip())
                .filter(wait -> wait < MOMENT_MILLIS)
                .map(wait -> Duration.ofMillis(Math.round(wait)));
    }

    /** {@code 20s}, {@code 88ms}, {@code 6m0s}, {@code 2m59.56s}, {@code 7 seconds}. */
    static Optional<Duration> duration(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (!WHOLE.matcher(lower).matches()) {
            return Optional.empty();
        }
        double millis = 0;
        Matcher part = PART.matcher(lower);
        while (part.find()) {
            millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
        }
        return Optional.of(Duration.ofMillis(Math.round(millis)));
    }

    /** The wait that a sentence asks for. */
    static Optional<Duration> inWords(String sentence) {
        Matcher words = WORDS.matcher(sentence.toLowerCase(Locale.ROOT));
        return words.find() ? duration(words.group(1).replaceAll("[ ,]+$", "")) : Optional.empty();
    }

    private static Optional<Duration> number(String text, Instant now) {
        return decimal(text).filter(number -> number < 1e15).map(number -> {
            if (number < MOMENT_SECONDS) {
                return Duration.ofMillis(Math.round(number * 1000));
            }
            return until(Instant.ofEpochMilli(Math.round(number < MOMENT_MILLIS ? number * 1000 : number)), now);
        });
    }

    private static Optional<Double> decimal(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> moment(String text) {
        try {
            boolean date = !text.isEmpty() && Character.isDigit(text.charAt(0));
            return Optional.of(
                    date
                            ? OffsetDateTime.parse(text).toInstant()
                            : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration until(Instant then, Instant now) {
        Duration wait = Duration.between(now, then);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static long unit(String word) {
        return switch (word.startsWith("milli") ? "ms" : word.equals("ms") ? "ms" : word.substring(0, 1)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
