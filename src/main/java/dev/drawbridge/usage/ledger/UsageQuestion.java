package dev.drawbridge.usage.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of the ledger.
 *
 * @param by what the sums are told apart by
 * @param labels names of labels that they are told apart by besides
 * @param series over time
 * @param from the first moment
 * @param to not in it any more
 * @param only of each grouping here, the values that count
 */
public record UsageQuestion(
        List<Grouping> by,
        List<String> labels,
        Series series,
        Instant from,
        Instant to,
        Map<Grouping, Set<String>> only) {

    /** @param zone in which days begin; it must be whole hours from UTC */
    public record Series(Step step, ZoneId zone) {
        public static final Series NONE = new Series(Step.NONE, ZoneOffset.UTC);
    }

    /** How long each part of a series is. */
    public enum Step {
        NONE,
        HOUR,
        DAY,
        MONTH
    }

    /** Sums of some time, by some groupings. */
    public UsageQuestion(List<Grouping> by, Instant from, Instant to) {
        this(by, List.of(), Series.NONE, from, to, Map.of());
    }
}
