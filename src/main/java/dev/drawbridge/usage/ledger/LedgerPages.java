package dev.drawbridge.usage.ledger;

import dev.drawbridge.store.Database;
import dev.drawbridge.usage.CallRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Single records, in the order in which they have come in: whoever reads on sees each once, late ones too. */
@Singleton
public class LedgerPages {
    private final Database database;

    /** @param seq where to read on behind it */
    public record Row(long seq, CallRecord call) {}

    @Inject
    public LedgerPages(Database database) {
        this.database = database;
    }

    /** @param only of each grouping here, the values that count */
    public List<Row> after(long seq, int limit, Map<Grouping, Set<String>> only) {
        StringBuilder sql = new StringBuilder("select * from ledger where seq > :seq");
        only.keySet().forEach(by -> sql.append(" and %s in (<%s>)".formatted(by.column(), by.column())));
        return database.read(handle -> {
            try (Query query =
                    handle.createQuery(sql.append(" order by seq limit :limit").toString())) {
                query.bind("seq", seq).bind("limit", limit);
                only.forEach((by, values) -> query.bindList(by.column(), List.copyOf(values)));
                return query.map((row, context) -> row(row)).list();
            }
        });
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong("seq"), RecordRow.read(row));
    }

    /**
     * Records of unknown cost, in their order.
     *
     * @param firstHour the first hour that may still change
     */
    public List<Row> unpriced(long after, int limit, long firstHour) {
        return database.read(handle -> handle.createQuery("select * from ledger where unpriced and seq > :after"
                        + " and at_hour >= :hour order by seq limit :limit")
                .bind("after", after)
                .bind("hour", firstHour)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }
}
