package dev.drawbridge.registry;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Tables.Row;
import dev.drawbridge.registry.json.Documents;
import java.time.Instant;
import java.util.Optional;

/** Changes on their way into the database, each with its entry in the audit. */
final class Transaction implements Edit {
    private final Tables tables;
    private final Actor actor;
    private final Instant now;
    private Tables.Clock clock;

    Transaction(Tables tables, Actor actor, Instant now) {
        this.tables = tables;
        this.actor = new Actor(cut(actor.name(), 200), cut(actor.from(), 100));
        this.now = now;
        this.clock = tables.lockedClock();
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    /** To be called at the end. */
    void finish() {
        tables.set(clock);
    }

    @Override
    public <T> Optional<Entry<T>> find(Kind<T> kind, String id) {
        return present(kind, id).map(row -> row.entry(Documents.stored(row.body(), kind.type())));
    }

    private Optional<Row> present(Kind<?> kind, String id) {
        return tables.find(kind.word(), id).filter(row -> !row.deleted());
    }

    @Override
    public <T> Entry<T> create(Kind<T> kind, String id, T value) {
        Optional<Row> deleted = tables.find(kind.word(), id);
        if (deleted.filter(row -> !row.deleted()).isPresent()) {
            throw new GatewayException(ErrorKind.CONFLICT, "There is a " + kind.word() + " " + id + " already");
        }
        Entry<T> entry = new Entry<>(id, deleted.map(Row::version).orElse(0L) + 1, value, now, now);
        Row row = Row.of(kind, entry, false, nextSeq());
        deleted.ifPresentOrElse(mark -> tables.update(row), () -> tables.insert(row));
        audit(new Note("create", kind.word(), id, "", Documents.hiding(row.body(), kind.hidden())));
        return entry;
    }

    @Override
    public <T> Entry<T> replace(Kind<T> kind, String id, long version, T value) {
        Row before = expected(kind, id, version);
        Entry<T> entry = new Entry<>(id, version + 1, value, before.created(), now);
        Row row = Row.of(kind, entry, false, nextSeq());
        tables.update(row);
        audit(new Note(
                "replace",
                kind.word(),
                id,
                Documents.hiding(before.body(), kind.hidden()),
                Documents.hiding(row.body(), kind.hidden())));
        return entry;
    }

    @Override
    public <T> void delete(Kind<T> kind, String id, long version) {
        Row before = expected(kind, id, version);
        tables.update(new Row(kind.word(), id, version + 1, "", true, nextSeq(), before.created(), now));
        audit(new Note("delete", kind.word(), id, Documents.hiding(before.body(), kind.hidden()), ""));
    }

    @Override
    public void note(Note note) {
        nextSeq();
        audit(note);
    }

    private Row expected(Kind<?> kind, String id, long version) {
        Row row = present(kind, id)
                .orElseThrow(() -> new GatewayException(ErrorKind.NOT_FOUND, "There is no " + kind.word() + " " + id));
        if (row.version() != version) {
            throw new GatewayException(
                    ErrorKind.PRECONDITION_FAILED,
                    "Somebody has changed the " + kind.word() + " " + id + ": it is at version " + row.version());
        }
        return row;
    }

    private long nextSeq() {
        clock = new Tables.Clock(clock.seq() + 1, clock.head());
        return clock.seq();
    }

    private void audit(Note note) {
        AuditEntry entry = new AuditEntry(clock.seq(), now, actor, note, "").after(clock.head());
        tables.insert(entry);
        clock = new Tables.Clock(clock.seq(), entry.hash());
    }
}
