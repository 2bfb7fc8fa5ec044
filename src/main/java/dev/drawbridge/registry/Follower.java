package dev.drawbridge.registry;

import dev.drawbridge.registry.Tables.Row;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.GatewaySecret;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/** Keeps the memory as the database is, by asking what is new, and the snapshot as the memory is. */
final class Follower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Registry.class.getName());

    /** Revocations must be known everywhere within a second. */
    private static final Duration PERIOD = Duration.ofMillis(400);

    /** While the database is away: the server's own pool says so each time. */
    private static final Duration PERIOD_AWAY = Duration.ofSeconds(1);

    private static final Duration STALE = Duration.ofSeconds(5);
    private static final int PAGE = 5000;

    private final Database database;
    private final Shelves shelves;
    private final Snapshot snapshot;
    private final ReentrantLock reading = new ReentrantLock();
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-registry").unstarted(this::follow);
    private final String fingerprint;
    private boolean compared;
    private long last;
    private volatile boolean loaded;
    private volatile long seenAt = System.nanoTime() - STALE.toNanos();

    Follower(Database database, Shelves shelves, DataFolder folder, GatewaySecret secret) {
        this.database = database;
        this.shelves = shelves;
        this.snapshot = new Snapshot(folder, secret);
        this.fingerprint = HexFormat.of().formatHex(secret.derived("fingerprint"));
    }

    void start() {
        catchUp();
        if (!loaded) {
            snapshot.read().ifPresent(this::remember);
        }
        thread.start();
    }

    private void remember(Snapshot.Content content) {
        reading.lock();
        try {
            shelves.apply(content.rows());
            last = content.seq();
            loaded = true;
        } finally {
            reading.unlock();
        }
    }

    boolean isLoaded() {
        return loaded;
    }

    boolean isCurrent() {
        return System.nanoTime() - seenAt < STALE.toNanos();
    }

    /** Looks now. */
    void hurry() {
        calls.release();
    }

    private void follow() {
        try {
            while (true) {
                boolean called = calls.tryAcquire(period().toMillis(), TimeUnit.MILLISECONDS);
                if (called) {
                    calls.drainPermits();
                }
                catchUp();
                snapshot.keepUp(this::content);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration period() {
        return database.isUp() ? PERIOD : PERIOD_AWAY;
    }

    private Snapshot.Content content() {
        reading.lock();
        try {
            return new Snapshot.Content(last, shelves.all());
        } finally {
            reading.unlock();
        }
    }

    /** Brings the memory up to date; where the database is away it stays as it is. */
    void catchUp() {
        reading.lock();
        try {
            read();
            loaded = true;
            seenAt = System.nanoTime();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "The database is away", e);
        } catch (JdbiException e) {
            LOG.log(System.Logger.Level.ERROR, "What has changed cannot be read", e);
        } finally {
            reading.unlock();
        }
    }

    private void read() {
        if (!compared) {
            compare();
        }
        long seq = database.read(handle -> new Tables(handle).clock()).seq();
        if (seq < last) {
            LOG.log(System.Logger.Level.WARNING, "The database is of an earlier time: all is read again");
            shelves.replaceAll(everything());
            last = seq;
            snapshot.changed();
        } else if (seq > last) {
            page(last, shelves::apply);
            last = seq;
            snapshot.changed();
        }
    }

    private void compare() {
        boolean same = database.<Boolean, RuntimeException>write(handle -> new Tables(handle).hasSecret(fingerprint));
        compared = true;
        if (!same) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "This node has another drawbridge.secret than the first one over this database:"
                            + " keys made there are not known here. Give all nodes the same");
        }
    }

    private List<Row> everything() {
        List<Row> rows = new ArrayList<>();
        page(0, page -> page.stream().filter(row -> !row.deleted()).forEach(rows::add));
        return rows;
    }

    private void page(long from, Consumer<List<Row>> to) {
        long position = from;
        List<Row> rows;
        do {
            long after = position;
            rows = database.read(handle -> new Tables(handle).after(after, PAGE));
            to.accept(rows);
            position = rows.isEmpty() ? position : rows.getLast().seq();
        } while (rows.size() == PAGE);
    }

    @Override
    public void close() {
        thread.interrupt();
        snapshot.close(this::content);
    }
}
