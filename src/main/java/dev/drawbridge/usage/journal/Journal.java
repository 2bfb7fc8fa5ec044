package dev.drawbridge.usage.journal;

import dev.drawbridge.config.money.LedgerConfig.Sync;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps lines on the disk. What {@link #append} has returned from survives the end of the process; the machine's too
 * after {@link #GROUP_MILLIS}, or at once where each line is forced. Thread-safe; virtual threads do not hold their
 * carriers while they wait for their turn.
 */
public final class Journal implements AutoCloseable {
    /** Longest time until a line is on its way to the disk. */
    public static final long GROUP_MILLIS = 100;

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final Folder folder;
    private final Supplier<Sync> sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final Condition synced = lock.newCondition();
    private final List<Segment> full = new ArrayList<>();
    private final Thread syncer =
            Thread.ofPlatform().daemon().name("drawbridge-journal").unstarted(this::keepSynced);
    private @Nullable Segment current;
    private long nextNumber;
    private boolean fresh;
    private long lines;
    private long safe;
    private long failed;
    private boolean closed;

    public Journal(Folder folder, Supplier<Sync> sync) {
        this.folder = folder;
        this.sync = sync;
        // Never on with a file of another process: its end may be torn. Nor with a number that a database may have
        // seen before, where the files have gone since: it would take what is new for what it has.
        this.nextNumber = Math.max(
                folder.segments().stream().reduce((one, other) -> other).orElse(0L) + 1, System.currentTimeMillis());
        syncer.start();
    }

    /** @throws IOException when nothing of it was written, or when it could not be forced to the disk */
    public void append(byte[] line) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("The journal is closed");
            }
            Segment segment = segment(line.length);
            segment.write(line);
            lines++;
            written.signal();
            if (sync.get() == Sync.EACH) {
                awaitSafe(lines);
            }
        } finally {
            lock.unlock();
        }
    }

    private Segment segment(int more) throws IOException {
        Segment segment = current;
        if (segment != null && segment.hasRoom(more)) {
            return segment;
        }
        if (segment != null) {
            full.add(segment);
        }
        current = null;
        Segment next = new Segment(folder, nextNumber++);
        current = next;
        fresh = true;
        return next;
    }

    /** Not to be interrupted: the line is written, and its call is to know what became of it. */
    private void awaitSafe(long line) throws IOException {
        while (safe < line) {
            if (failed >= line || closed) {
                throw new IOException("The disk does not take what is written");
            }
            synced.awaitUninterruptibly();
        }
    }

    /** What is before it has been written, all of it. */
    public Position end() {
        lock.lock();
        try {
            Segment segment = current;
            return segment == null ? new Position(nextNumber, 0) : segment.end();
        } finally {
            lock.unlock();
        }
    }

    private void keepSynced() {
        try {
            while (!isClosed()) {
                awaitWritten();
                long start = System.nanoTime();
                boolean good = syncAll();
                long left = GROUP_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                if (left > 0 && !(good && sync.get() == Sync.EACH)) {
                    Thread.sleep(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void awaitWritten() throws InterruptedException {
        lock.lock();
        try {
            while (safe == lines && full.isEmpty() && !closed) {
                written.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All that is written by now, those who write meanwhile not waiting for it. */
    private boolean syncAll() {
        Work work = work();
        try {
            for (Segment one : work.done()) {
                one.sync();
                one.close();
            }
            if (work.current() != null) {
                work.current().sync();
            }
            if (work.fresh()) {
                folder.sync();
            }
            reached(work, true);
            return true;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "Records cannot be forced to the disk", e);
            reached(work, false);
            return false;
        }
    }

    private record Work(
            long line, List<Segment> done, @Nullable Segment current, boolean fresh) {}

    private Work work() {
        lock.lock();
        try {
            Work work = new Work(lines, List.copyOf(full), current, fresh);
            full.clear();
            fresh = false;
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void reached(Work work, boolean good) {
        lock.lock();
        try {
            if (good) {
                safe = work.line();
            } else {
                // A disk that has refused something may claim the next time that all is well: on with another file.
                failed = work.line();
                if (current != null && current == work.current()) {
                    full.add(current);
                    current = null;
                }
            }
            synced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            written.signal();
            synced.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            syncer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean ignored = syncAll();
        Segment segment = current;
        if (segment != null) {
            segment.close();
        }
    }
}
