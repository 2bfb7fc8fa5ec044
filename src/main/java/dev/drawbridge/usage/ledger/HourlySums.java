package dev.drawbridge.usage.ledger;

import dev.drawbridge.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes the sums of past hours anew where records have come in since, and deletes old records. The hour that runs has no
 * sum: it would be made over and over. Blocking; for several nodes at the same time.
 */
public final class HourlySums {
    private static final String COLUMNS = "key_id, user_id, project_id, team_id, model, upstream, target, currency";

    private static final String RENEW = "insert into usage_hour (at_hour, " + COLUMNS
            + ", requests, failed, estimated, unpriced, input, cached_input, output, reasoning, cost)"
            + " select :hour, " + COLUMNS
            + ", sum(requests), sum(failed), sum(estimated), sum(unpriced), sum(input), sum(cached_input), sum(output),"
            + " sum(reasoning), sum(cost) from (select " + UsageSql.RECORD + " from ledger where at_hour = :hour) r"
            + " group by " + COLUMNS;

    private final Database database;
    private final Clock clock;

    public HourlySums(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Renews all that need it. */
    public void renew() {
        long now = hour(clock.instant());
        List<Long> hours = database.read(
                handle -> handle.createQuery("select at_hour from usage_stale where at_hour < :now order by at_hour")
                        .bind("now", now)
                        .mapTo(Long.class)
                        .list());
        hours.forEach(hour -> database.write(handle -> {
            LedgerTable.Clock ignored = LedgerTable.lock(handle);
            return renew(handle, hour);
        }));
    }

    /** Within a transaction that holds the clock's row. */
    public static int renew(Handle handle, long hour) {
        handle.execute("delete from usage_hour where at_hour = ?", hour);
        int rows = handle.createUpdate(RENEW).bind("hour", hour).execute();
        handle.execute("delete from usage_stale where at_hour = ?", hour);
        return rows;
    }

    /** Deletes the records of hours that are older than this and have their sums; one hour at a time. */
    public void prune(Duration keep) {
        long end = hour(clock.instant().minus(keep));
        Optional<Long> next = oldest(end);
        while (next.isPresent()) {
            long hour = next.get();
            database.write(handle -> {
                LedgerTable.Clock ignored = LedgerTable.lock(handle);
                handle.createUpdate("update ledger_clock set pruned_hour = :next where one = 1 and pruned_hour < :next")
                        .bind("next", hour + 1)
                        .execute();
                handle.execute("delete from ledger_label where at_hour = ?", hour);
                return handle.execute("delete from ledger where at_hour = ?", hour);
            });
            next = oldest(end);
        }
    }

    private Optional<Long> oldest(long end) {
        return database.read(handle -> handle.createQuery("select min(at_hour) from ledger l where at_hour < :end"
                        + " and not exists (select 1 from usage_stale s where s.at_hour <= l.at_hour)")
                .bind("end", end)
                .mapTo(Long.class)
                .findOne());
    }

    public static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), UsageQueries.HOUR_SECONDS);
    }
}
