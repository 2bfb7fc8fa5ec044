package dev.drawbridge.usage.account;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.store.Database;
import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.HourlySums;
import dev.drawbridge.usage.ledger.LedgerTable;
import dev.drawbridge.usage.ledger.UsageQueries;
import dev.drawbridge.usage.ledger.UsageQuestion;
import dev.drawbridge.usage.ledger.UsageSum;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Months, in UTC, whose sums never change again: a record that comes later is counted in the first hour that is open,
 * and what has no price then stays without one. A seal tells whether anybody has changed them all the same.
 */
@Singleton
public class Periods {
    private static final RowMapper<Period> PERIOD = (row, context) -> new Period(
            YearMonth.parse(row.getString("period")),
            row.getObject("closed_at", OffsetDateTime.class).toInstant(),
            row.getString("closed_by"),
            row.getString("seal"));

    private static final List<Grouping> ALL = List.of(
            Grouping.TEAM,
            Grouping.PROJECT,
            Grouping.USER,
            Grouping.KEY,
            Grouping.MODEL,
            Grouping.UPSTREAM,
            Grouping.TARGET,
            Grouping.CURRENCY);

    private final Database database;
    private final UsageQueries queries;
    private final Clock clock;

    /** @param seal SHA-256 over all its sums, in hexadecimal digits */
    public record Period(YearMonth month, Instant closedAt, String closedBy, String seal) {}

    @Inject
    public Periods(Database database, UsageQueries queries) {
        this(database, queries, Clock.systemUTC());
    }

    Periods(Database database, UsageQueries queries, Clock clock) {
        this.database = database;
        this.queries = queries;
        this.clock = clock;
    }

    public List<Period> all() {
        return database.read(handle -> handle.createQuery("select * from usage_period order by period")
                .map(PERIOD)
                .list());
    }

    public Optional<Period> find(YearMonth month) {
        return database.read(handle -> handle.createQuery("select * from usage_period where period = :period")
                .bind("period", month.toString())
                .map(PERIOD)
                .findOne());
    }

    /** What the month comes to, by these. */
    public List<UsageSum> sums(YearMonth month, List<Grouping> by) {
        return queries.sums(new UsageQuestion(by, start(month), start(month.plusMonths(1))));
    }

    /** Whether the sums are still what they were when the month was closed. */
    public boolean isIntact(Period period) {
        return seal(period.month()).equals(period.seal());
    }

    /**
     * The first step to close a month, and all before it: nothing is counted in it from here on.
     *
     * @return what is to be {@link #keep kept}
     * @throws GatewayException {@code CONFLICT} when it is closed already, {@code INVALID_REQUEST} when it is not over
     */
    public Period seal(YearMonth month, String by) {
        if (start(month.plusMonths(1)).isAfter(clock.instant())) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "The month " + month + " is not over").at("month");
        }
        long end = HourlySums.hour(start(month.plusMonths(1)));
        database.write(handle -> fix(handle, month, end));
        return new Period(month, clock.instant(), by, seal(month));
    }

    /**
     * The last step, also within a transaction of the caller's own.
     *
     * @throws GatewayException {@code CONFLICT} when somebody else was quicker
     */
    public Period keep(Period period) {
        return database.write(handle -> {
            LedgerTable.Clock ignored = LedgerTable.lock(handle);
            refuseClosed(period.month());
            handle.createUpdate(
                            "insert into usage_period (period, closed_at, closed_by, seal) values (:period, :at, :by, :seal)")
                    .bind("period", period.month().toString())
                    .bind("at", OffsetDateTime.ofInstant(period.closedAt(), ZoneOffset.UTC))
                    .bind("by", period.closedBy())
                    .bind("seal", period.seal())
                    .execute();
            return period;
        });
    }

    private void refuseClosed(YearMonth month) {
        if (find(month).isPresent()) {
            throw new GatewayException(ErrorKind.CONFLICT, "The month " + month + " is closed already");
        }
    }

    private int fix(Handle handle, YearMonth month, long end) {
        LedgerTable.Clock now = LedgerTable.lock(handle);
        refuseClosed(month);
        handle.createQuery("select at_hour from usage_stale where at_hour < :end")
                .bind("end", end)
                .mapTo(Long.class)
                .list()
                .forEach(hour -> HourlySums.renew(handle, hour));
        return handle.createUpdate("update ledger_clock set open_hour = :hour where one = 1")
                .bind("hour", Math.max(now.openHour(), end))
                .execute();
    }

    private String seal(YearMonth month) {
        MessageDigest digest = sha256();
        for (UsageSum sum : sums(month, ALL)) {
            digest.update(line(sum).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String line(UsageSum sum) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, String> group : sum.group().entrySet()) {
            line.append(group.getKey()).append('=').append(group.getValue()).append('\t');
        }
        line.append(sum.counts());
        sum.cost()
                .forEach((currency, amount) -> line.append('\t')
                        .append(amount.stripTrailingZeros().toPlainString())
                        .append(currency));
        return line.append('\n').toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
