package dev.drawbridge.usage.ledger;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.money.LedgerConfig;
import dev.drawbridge.config.money.LedgerConfig.OnFailure;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.journal.Folder;
import dev.drawbridge.usage.journal.Position;
import dev.drawbridge.usage.journal.RecordLine;
import dev.drawbridge.usage.journal.Writing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of calls: on the disk when {@link #append} returns, in the database soon, even where that is away
 * meanwhile. Thread-safe.
 */
@Singleton
public class Ledger implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final long PERIOD_MILLIS = 200;
    private static final long OUTAGE_MILLIS = 500;
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** How long the mover rests for the time that it worked, while there is more to do and nobody waits for it. */
    private static final int REST = 99;

    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /** After this time without having come to the end of the journal the mover does not rest any more. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path parent;
    private final Supplier<LedgerConfig> config;
    private final LedgerTable table;
    private final Writing writing;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-ledger").unstarted(this::run);
    private volatile @Nullable Mover mover;
    private volatile boolean reachable = true;
    private volatile boolean closed;
    private final AtomicInteger waiting = new AtomicInteger();
    private long looked = System.nanoTime();
    private long level = System.nanoTime();
    private Position seen = Position.START;

    @Inject
    Ledger(DataFolder data, LiveConfig config, Database database) {
        this(data.resolve("ledger"), () -> config.current().money().ledger(), database);
    }

    public Ledger(Path folder, Supplier<LedgerConfig> config, Database database) {
        this.parent = folder;
        this.config = config;
        this.table = new LedgerTable(database);
        this.writing = new Writing(folder, () -> config.get().sync());
    }

    void started(@Observes @Initialized(ApplicationScoped.class) Object event) {
        start();
    }

    /** Begins to move records to the database. */
    public void start() {
        thread.start();
    }

    /**
     * Keeps a record; takes a few microseconds.
     *
     * @throws GatewayException {@code NO_CAPACITY} when it cannot be written and the configuration says that no call is
     *     answered then
     */
    public void append(CallRecord call) {
        if (!writing.append(RecordLine.of(call))) {
            check();
        }
    }

    /**
     * To be asked before a call.
     *
     * @throws GatewayException as {@link #append}
     */
    public void check() {
        if (writing.isFailing() && config.get().onFailure() == OnFailure.REFUSE) {
            throw new GatewayException(ErrorKind.NO_CAPACITY, "The gateway cannot keep records of calls at the moment");
        }
    }

    /**
     * Waits until all that has been appended is in the database.
     *
     * @return whether it is: not when the database is away, or takes too long
     */
    public boolean flush() {
        waiting.incrementAndGet();
        try {
            return flushed();
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * As {@link #flush}, before something that would be wrong without the last records.
     *
     * @throws GatewayException {@code NO_CAPACITY} when they are not all there
     */
    public void awaitAll() {
        if (!flush()) {
            throw new GatewayException(
                            ErrorKind.NO_CAPACITY, "Records of calls are on their way to the database; try again soon")
                    .withRetryAfter(PATIENCE);
        }
    }

    private boolean flushed() {
        Position end = end();
        long start = System.nanoTime();
        while (!isMoved(end)) {
            if (!reachable || !thread.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                return false;
            }
            wake();
            if (!slept(5)) {
                return false;
            }
        }
        return true;
    }

    private boolean isMoved(Position end) {
        Mover now = mover;
        return now != null && now.hasReached(end) && writing.waiting() == 0;
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private static boolean slept(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (!closed) {
            writing.retry();
            long start = System.nanoTime();
            boolean more = step();
            if (!more) {
                level = start;
            }
            if (more && waiting.get() == 0 && isBusy() && start - level < LONGEST_LAG.toNanos()) {
                // Calls come first: a busy gateway moves its records at a pace that does not slow it down.
                LockSupport.parkNanos(Math.min((System.nanoTime() - start) * REST, LONGEST_REST.toNanos()));
            } else if (!more && !closed) {
                LockSupport.parkNanos(Duration.ofMillis(reachable ? PERIOD_MILLIS : OUTAGE_MILLIS)
                        .toNanos());
            }
        }
    }

    /** Whether calls have been recorded since this was asked last. */
    private boolean isBusy() {
        Position now = end();
        boolean busy = !now.equals(seen);
        seen = now;
        return busy;
    }

    private Position end() {
        return writing.open().map(open -> open.journal().end()).orElse(Position.START);
    }

    private boolean step() {
        try {
            if (System.nanoTime() - looked > LOOK.toNanos()) {
                looked = System.nanoTime();
                look();
            }
            boolean more = writing.open().isPresent() && moved(writing.open().get());
            reached(true, null);
            return more;
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the records are on the disk, and it is tried again.
            reached(false, e);
            return false;
        }
    }

    private boolean moved(Writing.Open open) throws IOException {
        Mover now = mover;
        if (now == null) {
            now = new Mover(open.folder(), table);
            mover = now;
        }
        return now.move(open.journal().end());
    }

    /** Whether the database has gone back, and what other processes on this folder have left behind. */
    private void look() throws IOException {
        Mover own = mover;
        if (own != null) {
            own.look();
        }
        List<Folder> left = Folder.abandoned(parent);
        try {
            for (Folder folder : left) {
                new Mover(folder, table).finish();
            }
        } finally {
            for (Folder folder : left) {
                folder.close();
            }
        }
    }

    private void reached(boolean good, @Nullable Exception reason) {
        if (reachable && !good) {
            LOG.log(Level.WARNING, "Records of calls wait for the database", reason);
        } else if (!reachable && good) {
            LOG.log(Level.INFO, "Records of calls reach the database again");
        }
        reachable = good;
    }

    /** How it is doing, for health and metrics. */
    public State state() {
        Mover now = mover;
        Position end = end();
        return new State(
                !writing.isFailing(),
                reachable,
                now != null && now.hasReached(end),
                writing.waiting(),
                writing.lost(),
                now == null ? 0 : now.moved(),
                now == null ? 0 : now.damaged());
    }

    /**
     * How it is doing.
     *
     * @param writable whether records reach the disk
     * @param reachable whether records reach the database
     * @param level whether all of them are there
     * @param waiting records in memory, for the disk does not take them
     * @param lost records that there was no room for
     * @param moved records that have reached the database since the start
     * @param damaged lines of the journal that were no records: torn when a process ended, or worse
     */
    public record State(
            boolean writable, boolean reachable, boolean level, int waiting, long lost, long moved, long damaged) {}

    @Override
    @PreDestroy
    public void close() {
        if (reachable) {
            boolean ignored = flush();
        }
        closed = true;
        wake();
        try {
            thread.join(PATIENCE.toMillis());
            writing.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
