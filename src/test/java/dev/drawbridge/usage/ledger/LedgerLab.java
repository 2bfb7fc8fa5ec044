package dev.drawbridge.usage.ledger;

import dev.drawbridge.config.money.LedgerConfig;
import dev.drawbridge.fakes.MapConfig;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.usage.CallRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A ledger over a database in a folder. */
public final class LedgerLab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static final LedgerConfig USUAL =
            new LedgerConfig(true, LedgerConfig.Sync.GROUPED, LedgerConfig.OnFailure.GO_ON, 400);

    public final Database database;
    public final Ledger ledger;
    public final UsageQueries queries;
    public final LedgerPages pages;

    public LedgerLab(Path dir, Map<String, String> settings) {
        this.database = new Database(new MapConfig(settings), new DataFolder(dir));
        this.ledger = new Ledger(dir.resolve("ledger"), () -> USUAL, database);
        this.queries = new UsageQueries(database);
        this.pages = new LedgerPages(database);
        ledger.start();
    }

    public LedgerLab(Path dir) {
        this(dir, Map.of());
    }

    public void add(CallRecord... records) {
        List.of(records).forEach(ledger::append);
        if (!ledger.flush()) {
            throw new AssertionError("not all records have arrived: " + ledger.state());
        }
    }

    /** Waits until all records are in the database, even if it has been away. */
    public void level() throws InterruptedException {
        long start = System.nanoTime();
        while (!ledger.flush()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("not all records have arrived: " + ledger.state());
            }
            Thread.sleep(100);
        }
    }

    public List<String> ids() {
        return pages.after(0, 100_000, Map.of()).stream()
                .map(row -> row.call().id())
                .toList();
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
