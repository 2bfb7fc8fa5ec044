package dev.drawbridge.registry;

import dev.drawbridge.store.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;

/** Who changed what. It is read from the database; it grows by {@link Registry#change}. */
@Singleton
public class Audit {
    private static final int PAGE = 1000;
    private static final String SELECT =
            "select seq, happened, actor, origin, action, kind, id, body_before, body_after, hash from registry_audit";

    private final Database database;

    @Inject
    public Audit(Database database) {
        this.database = database;
    }

    /**
     * Which entries: all that is given must be so.
     *
     * @param to not in it any more
     */
    public record Filter(
            Optional<String> actor,
            Optional<String> kind,
            Optional<String> id,
            Optional<Instant> from,
            Optional<Instant> to) {
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** SQL conditions and what is put into them. */
        private Map<String, Object> conditions() {
            Map<String, Object> conditions = new LinkedHashMap<>();
            actor.ifPresent(value -> conditions.put("actor = ?", value));
            kind.ifPresent(value -> conditions.put("kind = ?", value));
            id.ifPresent(value -> conditions.put("id = ?", value));
            from.ifPresent(value -> conditions.put("happened >= ?", value));
            to.ifPresent(value -> conditions.put("happened < ?", value));
            return conditions;
        }
    }

    /**
     * @param entries how many were looked at
     * @param broken the first entry that is not what was written, or does not follow the one before it
     * @param head hash of the last entry: whoever notes it elsewhere can tell later that nothing before it has changed
     */
    public record Verification(long entries, OptionalLong broken, String head) {
        public boolean good() {
            return broken.isEmpty();
        }
    }

    /**
     * Newest first: those before this seq; {@code Long.MAX_VALUE} for the newest.
     *
     * @throws dev.drawbridge.store.StoreException while the database is away
     */
    public List<AuditEntry> page(Filter filter, long before, int limit) {
        return page(filter, "seq < ?", before, " order by seq desc limit " + limit);
    }

    private List<AuditEntry> page(Filter filter, String position, long seq, String order) {
        Map<String, Object> conditions = filter.conditions();
        conditions.put(position, seq);
        return database.read(handle -> {
            Query query = handle.createQuery(SELECT + " where " + String.join(" and ", conditions.keySet()) + order);
            int index = 0;
            for (Object value : conditions.values()) {
                query.bind(index++, value);
            }
            return query.map((row, context) -> entry(row)).list();
        });
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                new Actor(row.getString(3), row.getString(4)),
                new Edit.Note(row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getString(9)),
                row.getString(10));
    }

    /** All of them, oldest first; a page at a time is in memory. */
    public void export(Filter filter, Consumer<AuditEntry> to) {
        long last = 0;
        List<AuditEntry> entries;
        do {
            entries = page(filter, "seq > ?", last, " order by seq limit " + PAGE);
            entries.forEach(to);
            last = entries.isEmpty() ? last : entries.getLast().seq();
        } while (entries.size() == PAGE);
    }

    /** Checks the whole chain, and that its end is not missing. */
    public Verification verify() {
        Tables.Clock clock = database.read(handle -> new Tables(handle).clock());
        Links links = new Links();
        export(Filter.ALL, links::add);
        if (links.broken.isEmpty() && !links.heads(clock)) {
            links.broken = OptionalLong.of(clock.seq());
        }
        return new Verification(links.count, links.broken, links.previous);
    }

    /** The chain as far as it has been looked at. */
    private static final class Links {
        private long count;
        private long lastSeq;
        private String previous = "";
        private OptionalLong broken = OptionalLong.empty();

        void add(AuditEntry entry) {
            // Every change counts one: whoever takes an entry out leaves a gap.
            boolean good = entry.seq() == lastSeq + 1 && entry.follows(previous);
            if (!good && broken.isEmpty()) {
                broken = OptionalLong.of(entry.seq());
            }
            count++;
            lastSeq = entry.seq();
            previous = entry.hash();
        }

        /** More may have been added since the clock was read. */
        boolean heads(Tables.Clock clock) {
            return lastSeq > clock.seq() || (lastSeq == clock.seq() && previous.equals(clock.head()));
        }
    }
}
