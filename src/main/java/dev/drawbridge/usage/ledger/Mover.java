package dev.drawbridge.usage.ledger;

import dev.drawbridge.store.Rejection;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.journal.Folder;
import dev.drawbridge.usage.journal.Position;
import dev.drawbridge.usage.journal.Reader;
import dev.drawbridge.usage.journal.RecordLine;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Moves one journal into the database, batch by batch. How far it has come stands in the database, written together
 * with the records: what happened twice, or was interrupted, is done once. Not thread-safe but for its figures.
 */
final class Mover {
    private static final System.Logger LOG = System.getLogger(Mover.class.getName());

    /** Files that have been moved stay a while: a database that is restored from a backup gets their records again. */
    static final long KEPT_BYTES = 64L * 1024 * 1024;

    private final Folder folder;
    private final Reader reader;
    private final LedgerTable table;
    private final AtomicLong moved = new AtomicLong();
    private volatile @Nullable Position level;
    private @Nullable Position reached;

    Mover(Folder folder, LedgerTable table) {
        this.folder = folder;
        this.reader = new Reader(folder);
        this.table = table;
    }

    /**
     * Moves a batch.
     *
     * @param end of what has been written as a whole
     * @return whether there was one
     * @throws RuntimeException when the database is away, or takes nothing; nothing has been moved then, or it will be
     *     found out
     */
    boolean move(Position end) throws IOException {
        Position from = reached();
        Reader.Batch batch = reader.read(from, end);
        if (batch.next().equals(from)) {
            level = end;
            return false;
        }
        add(batch, from);
        moved.addAndGet(batch.records().size());
        reached = batch.next();
        level = batch.next();
        if (batch.next().segment() > from.segment()) {
            clear(batch.next().segment());
        }
        return true;
    }

    private Position reached() {
        Position known = reached;
        Position now = known == null ? table.position(folder.id()) : known;
        reached = now;
        return now;
    }

    /** Looks where the database is: one that has been put back to an earlier state gets again what it has not. */
    void look() {
        Position now = table.position(folder.id());
        if (!now.equals(reached)) {
            reached = now;
            level = null;
        }
    }

    private void add(Reader.Batch batch, Position from) throws IOException {
        try {
            if (!isTaken(batch.records(), from, batch.next())) {
                oneByOne(batch, from);
            }
        } catch (RuntimeException e) {
            // It may be done all the same, or the database may be elsewhere: ask it.
            reached = null;
            level = null;
            throw e;
        }
    }

    /** What is wrong with the database and not with the records is thrown: they are good, and wait. */
    private boolean isTaken(List<CallRecord> records, Position from, Position next) {
        try {
            table.add(records, folder.id(), new LedgerTable.Step(from, next));
            return true;
        } catch (RuntimeException e) {
            if (Rejection.isIn(e)) {
                LOG.log(Level.WARNING, "The database does not take what is in a record", e);
                return false;
            }
            throw e;
        }
    }

    private void oneByOne(Reader.Batch batch, Position from) throws IOException {
        for (CallRecord record : batch.records()) {
            if (!isTaken(List.of(record), from, from)) {
                LOG.log(Level.ERROR, "A record is set aside in rejected.log: {0}", record.id());
                folder.setAside(RecordLine.of(record));
            }
        }
        table.add(List.of(), folder.id(), new LedgerTable.Step(from, batch.next()));
    }

    private void clear(long before) throws IOException {
        long kept = 0;
        for (long number : folder.segments().reversed()) {
            if (number < before && kept >= KEPT_BYTES) {
                delete(number);
            } else if (number < before) {
                kept += folder.size(number);
            }
        }
    }

    private void delete(long number) {
        try {
            folder.delete(number);
        } catch (IOException e) {
            // Not every system lets go of a file that was memory a moment ago: then it goes with one of the next.
            LOG.log(Level.DEBUG, "A file of the journal stays for now", e);
        }
    }

    /** Moves all that a process has left behind. The files stay as its own do: another may go on with the folder. */
    void finish() throws IOException {
        Position end = new Position(Long.MAX_VALUE, Long.MAX_VALUE);
        boolean more = move(end);
        while (more) {
            more = move(end);
        }
    }

    /** Whether all before this has been moved. */
    boolean hasReached(Position end) {
        Position now = level;
        return now != null
                && (now.segment() > end.segment() || (now.segment() == end.segment() && now.offset() >= end.offset()));
    }

    long moved() {
        return moved.get();
    }

    long damaged() {
        return reader.damaged();
    }
}
