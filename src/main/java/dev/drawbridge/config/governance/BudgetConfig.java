package dev.drawbridge.config.governance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How budgets are counted.
 *
 * @param timeZone as it stands in the file
 * @param zone whose calendar the periods follow; that of UTC where the file names none that there is
 * @param refuseUnknownPrice whether a model whose price is not known is refused to whoever has a budget
 * @param refresh how often it is asked what other nodes have spent
 */
public record BudgetConfig(String timeZone, ZoneId zone, boolean refuseUnknownPrice, Duration refresh) {
    BudgetConfig(String timeZone, boolean refuseUnknownPrice, Duration refresh) {
        this(timeZone, zone(timeZone), refuseUnknownPrice, refresh);
    }

    private static ZoneId zone(String name) {
        return isZone(name) ? ZoneId.of(name) : ZoneOffset.UTC;
    }

    /** Such as {@code Europe/Berlin}. */
    static boolean isZone(String name) {
        try {
            return !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Whether there is a time zone of the name in the file. */
    public boolean isKnown() {
        return isZone(timeZone);
    }
}
