package dev.drawbridge.usage.journal;

import dev.drawbridge.config.money.LedgerConfig.Sync;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes to the journal; what the disk does not take waits in memory, as much as there is room for. Thread-safe. */
public final class Writing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Writing.class.getName());
    private static final int MOST_WAITING = 20_000;

    private final Path parent;
    private final Supplier<Sync> sync;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private volatile @Nullable Open open;
    private volatile boolean failing;

    /** A journal, and the folder that it holds. */
    public record Open(Folder folder, Journal journal) {}

    public Writing(Path parent, Supplier<Sync> sync) {
        this.parent = parent;
        this.sync = sync;
        retry();
    }

    /** @return whether it is on the disk; where it is not, it waits or, without room for it, is lost */
    public boolean append(byte[] line) {
        Open now = open;
        if (now != null && waiting.isEmpty()) {
            try {
                now.journal().append(line);
                recovered();
                return true;
            } catch (IOException e) {
                failed(e);
            }
        }
        if (!waiting.offer(line)) {
            lost.incrementAndGet();
        }
        return false;
    }

    /** Tries again with what waits. */
    public synchronized void retry() {
        if (open != null && waiting.isEmpty() && !failing) {
            return;
        }
        try {
            Open now = opened();
            for (byte[] line = waiting.peek(); line != null; line = waiting.peek()) {
                now.journal().append(line);
                waiting.remove(line);
            }
            recovered();
        } catch (IOException e) {
            failed(e);
        }
    }

    private Open opened() throws IOException {
        Open now = open;
        if (now == null) {
            Folder folder = Folder.first(parent);
            now = new Open(folder, new Journal(folder, sync));
            open = now;
        }
        return now;
    }

    private void failed(IOException e) {
        if (!failing) {
            failing = true;
            LOG.log(Level.ERROR, "Records of calls cannot be written to " + parent, e);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "Records of calls are written to {0} again", parent);
        }
    }

    /** Empty while there is no folder to write to. */
    public Optional<Open> open() {
        return Optional.ofNullable(open);
    }

    /** Whether the last try has failed. */
    public boolean isFailing() {
        return failing;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Records that there was no room for. */
    public long lost() {
        return lost.get();
    }

    @Override
    public synchronized void close() throws IOException {
        retry();
        Open now = open;
        if (now != null) {
            now.journal().close();
            now.folder().close();
        }
    }
}
