package dev.drawbridge.usage.ledger;

import dev.drawbridge.store.Database;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.journal.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Puts records into the database, each once. Blocking, thread-safe, for several nodes at the same time. */
public final class LedgerTable {
    private final Database database;

    /**
     * The one row that whoever writes holds.
     *
     * @param seq of the last record
     * @param openHour the first that is not closed
     * @param prunedHour the first that is not deleted
     */
    public record Clock(long seq, long openHour, long prunedHour) {
        /** Nothing is counted before it any more. */
        public long firstHour() {
            return Math.max(openHour, prunedHour);
        }
    }

    /** From where to where a journal has been read. */
    record Step(Position from, Position next) {}

    LedgerTable(Database database) {
        this.database = database;
    }

    public static Clock lock(Handle handle) {
        return handle.createQuery("select seq, open_hour, pruned_hour from ledger_clock where one = 1 for update")
                .map((row, context) -> new Clock(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }

    /**
     * Adds those that are not there yet, and remembers how far the journal has been read, or does neither.
     *
     * @throws StoreException also when the database does not know the journal to be where the step begins
     */
    void add(List<CallRecord> records, String journal, Step step) {
        database.write(handle -> {
            Clock clock = lock(handle);
            List<CallRecord> fresh = fresh(handle, records);
            insert(handle, fresh, clock);
            remember(handle, journal, step);
            return fresh.size();
        });
    }

    private static List<CallRecord> fresh(Handle handle, List<CallRecord> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        Set<String> known = new HashSet<>(handle.createQuery("select id from ledger where id in (<ids>)")
                .bindList("ids", records.stream().map(CallRecord::id).toList())
                .mapTo(String.class)
                .list());
        return records.stream().filter(record -> known.add(record.id())).toList();
    }

    private static void insert(Handle handle, List<CallRecord> records, Clock clock) {
        if (records.isEmpty()) {
            return;
        }
        long seq = clock.seq();
        Set<Long> hours = new HashSet<>();
        try (PreparedBatch rows = handle.prepareBatch(RecordRow.INSERT);
                PreparedBatch labels = handle.prepareBatch(
                        "insert into ledger_label (seq, at_hour, label_name, label_value) values (:seq, :hour, :name, :value)")) {
            for (CallRecord record : records) {
                long hour = Math.max(RecordRow.hour(record), clock.firstHour());
                hours.add(hour);
                seq++;
                RecordRow.bind(rows.bind("seq", seq).bind("hour", hour), record);
                rows.add();
                label(labels, record, seq, hour);
            }
            rows.execute();
            if (labels.size() > 0) {
                labels.execute();
            }
        }
        handle.createUpdate("update ledger_clock set seq = :seq where one = 1")
                .bind("seq", seq)
                .execute();
        stale(handle, hours);
    }

    private static void label(PreparedBatch labels, CallRecord record, long seq, long hour) {
        for (Map.Entry<String, String> label : record.labels().entrySet()) {
            labels.bind("seq", seq)
                    .bind("hour", hour)
                    .bind("name", label.getKey())
                    .bind("value", label.getValue())
                    .add();
        }
    }

    /** The sums of these hours are to be made anew. */
    public static void stale(Handle handle, Set<Long> hours) {
        if (hours.isEmpty()) {
            return;
        }
        Set<Long> known = handle.createQuery("select at_hour from usage_stale where at_hour in (<hours>)")
                .bindList("hours", List.copyOf(hours))
                .mapTo(Long.class)
                .set();
        try (PreparedBatch rows = handle.prepareBatch("insert into usage_stale (at_hour) values (:hour)")) {
            hours.stream()
                    .filter(hour -> !known.contains(hour))
                    .forEach(hour -> rows.bind("hour", hour).add());
            if (rows.size() > 0) {
                rows.execute();
            }
        }
    }

    private static void remember(Handle handle, String journal, Step step) {
        Position next = step.next();
        int changed = handle.createUpdate("update ledger_journal set segment = :segment, place = :place"
                        + " where id = :id and segment = :from and place = :offset")
                .bind("segment", next.segment())
                .bind("place", next.offset())
                .bind("id", journal)
                .bind("from", step.from().segment())
                .bind("offset", step.from().offset())
                .execute();
        if (changed == 0) {
            if (!position(handle, journal).orElse(Position.START).equals(step.from())) {
                throw new StoreException(
                        "The database has been put back to an earlier state", new IllegalStateException(journal));
            }
            handle.createUpdate("insert into ledger_journal (id, segment, place) values (:id, :segment, :place)")
                    .bind("segment", next.segment())
                    .bind("place", next.offset())
                    .bind("id", journal)
                    .execute();
        }
    }

    /** How far the journal has been read. */
    Position position(String journal) {
        return database.read(handle -> position(handle, journal)).orElse(Position.START);
    }

    private static Optional<Position> position(Handle handle, String journal) {
        return handle.createQuery("select segment, place from ledger_journal where id = :id")
                .bind("id", journal)
                .map((row, context) -> new Position(row.getLong(1), row.getLong(2)))
                .findOne();
    }
}
