package dev.drawbridge.governance.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Spans of the calendar, in somebody's time zone. */
public enum Period {
    DAY,
    /** From Monday, as ISO 8601 has it. */
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    /** Never begins anew. */
    TOTAL;

    /**
     * A span of time.
     *
     * @param end not in it any more
     */
    public record Span(Instant start, Instant end) {}

    /** The span that the moment is in. */
    public Span at(Instant moment, ZoneId zone) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        return switch (this) {
            case DAY -> span(day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield span(monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> span(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1), zone);
            case QUARTER -> {
                LocalDate first = LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
                yield span(first, first.plusMonths(3), zone);
            }
            case YEAR -> span(day.withDayOfYear(1), day.withDayOfYear(1).plusYears(1), zone);
            case TOTAL -> new Span(Instant.EPOCH, Instant.MAX);
        };
    }

    private static Span span(LocalDate first, LocalDate next, ZoneId zone) {
        return new Span(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    /** As it stands in the API: {@code month}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
