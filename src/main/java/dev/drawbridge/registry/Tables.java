package dev.drawbridge.registry;

import dev.drawbridge.registry.json.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The registry's SQL. */
record Tables(Handle handle) {
    private static final String COLUMNS = "kind, id, version, body, deleted, seq, created, changed";

    /**
     * @param seq of the last change
     * @param head hash of the last entry of the audit
     */
    record Clock(long seq, String head) {}

    Clock clock() {
        return clock("");
    }

    /** Nobody else changes anything until the transaction ends. */
    Clock lockedClock() {
        return clock(" for update");
    }

    private Clock clock(String suffix) {
        return handle.createQuery("select seq, head from registry_clock where one = 1" + suffix)
                .map((row, context) -> new Clock(row.getLong(1), row.getString(2)))
                .one();
    }

    /**
     * Whether the gateways over this database have this secret; the first one says.
     *
     * @param fingerprint of it
     */
    boolean hasSecret(String fingerprint) {
        handle.execute("update registry_clock set fingerprint = ? where fingerprint = ''", fingerprint);
        return handle.createQuery("select fingerprint from registry_clock")
                .mapTo(String.class)
                .one()
                .equals(fingerprint);
    }

    void set(Clock clock) {
        handle.execute("update registry_clock set seq = ?, head = ? where one = 1", clock.seq(), clock.head());
    }

    Optional<Row> find(String kind, String id) {
        return handle.createQuery("select " + COLUMNS + " from registry_entry where kind = ? and id = ?")
                .bind(0, kind)
                .bind(1, id)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Those that have changed since, in the order of their last changes. */
    List<Row> after(long seq, int most) {
        return handle.createQuery("select " + COLUMNS + " from registry_entry where seq > ? order by seq limit ?")
                .bind(0, seq)
                .bind(1, most)
                .setFetchSize(most)
                .map((row, context) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant());
    }

    void insert(Row row) {
        handle.execute(
                "insert into registry_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)",
                row.kind(),
                row.id(),
                row.version(),
                row.body(),
                row.deleted(),
                row.seq(),
                row.created(),
                row.changed());
    }

    void update(Row row) {
        handle.execute(
                "update registry_entry set version = ?, body = ?, deleted = ?, seq = ?, created = ?, changed = ?"
                        + " where kind = ? and id = ?",
                row.version(),
                row.body(),
                row.deleted(),
                row.seq(),
                row.created(),
                row.changed(),
                row.kind(),
                row.id());
    }

    void insert(AuditEntry entry) {
        handle.execute(
                "insert into registry_audit"
                        + " (seq, happened, actor, origin, action, kind, id, body_before, body_after, hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.seq(),
                entry.time(),
                entry.actor().name(),
                entry.actor().from(),
                entry.note().action(),
                entry.note().kind(),
                entry.note().id(),
                entry.note().before(),
                entry.note().after(),
                entry.hash());
    }

    static Instant now(java.time.Clock clock) {
        // What the columns can hold, so that it is the same when it is read again.
        return Instant.ofEpochMilli(clock.millis());
    }

    /**
     * A document as it is stored.
     *
     * @param seq of its last change
     */
    record Row(
            String kind,
            String id,
            long version,
            String body,
            boolean deleted,
            long seq,
            Instant created,
            Instant changed) {

        static <T> Row of(Kind<T> kind, Entry<T> entry, boolean deleted, long seq) {
            String body = Documents.write(entry.value());
            return new Row(
                    kind.word(), entry.id(), entry.version(), body, deleted, seq, entry.created(), entry.changed());
        }

        <T> Entry<T> entry(T value) {
            return new Entry<>(id, version, value, created, changed);
        }

        Row gone() {
            return new Row(kind, id, version, body, true, seq, created, changed);
        }

        /** In one line: JSON has no tabs and line breaks but as escapes. */
        String line() {
            return String.join(
                    "\t",
                    kind,
                    id,
                    Long.toString(version),
                    Long.toString(created.toEpochMilli()),
                    Long.toString(changed.toEpochMilli()),
                    body);
        }

        /** The row of this {@link #line}. */
        static Row of(String line) {
            String[] parts = line.split("\t", 6);
            return new Row(
                    parts[0],
                    parts[1],
                    Long.parseLong(parts[2]),
                    parts[5],
                    false,
                    0,
                    Instant.ofEpochMilli(Long.parseLong(parts[3])),
                    Instant.ofEpochMilli(Long.parseLong(parts[4])));
        }
    }
}
