package dev.drawbridge.protocol.ollama.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.rest.Failures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One download that several callers may watch. A thread of its own reads the upstream; of each status only the newest
 * line is kept, so that who comes late sees all that has happened, and who reads slowly misses nothing that matters.
 * The last watcher to leave gives the download up.
 */
final class Download {
    private final Duration idle;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Thread reader;
    private long sequence;
    private long progressNanos = System.nanoTime();
    private int watchers;
    private boolean ended;
    private @Nullable GatewayException failure;

    private record Line(long number, ObjectNode document) {}

    /**
     * @param idle longest time without anything new
     * @param begin begins the download; called on a thread of its own
     * @param gone told when there is nothing left to watch
     */
    Download(Duration idle, Supplier<Progress> begin, Consumer<Download> gone) {
        this.idle = idle;
        this.reader = Thread.ofVirtual().name("drawbridge-download").unstarted(() -> {
            read(begin);
            gone.accept(this);
        });
    }

    /** A watcher more, unless it is over: then nothing. */
    Optional<Progress> watch() {
        lock.lock();
        try {
            if (ended) {
                return Optional.empty();
            }
            watchers++;
            if (reader.getState() == Thread.State.NEW) {
                reader.start();
            }
            return Optional.of(new Watcher());
        } finally {
            lock.unlock();
        }
    }

    private void read(Supplier<Progress> begin) {
        try (Progress progress = begin.get()) {
            Optional<ObjectNode> line = progress.next(idle);
            // Whoever gives up interrupts, too; but an interrupt can get lost in the libraries between.
            while (line.isPresent() && publish(line.get())) {
                line = progress.next(idle);
            }
            end(null);
        } catch (RuntimeException e) {
            end(Failures.of(e));
        }
    }

    /** Says whether anybody wants more. */
    private boolean publish(ObjectNode document) {
        lock.lock();
        try {
            Line before = lines.get(key(document));
            if (before == null || !before.document().equals(document)) {
                lines.put(key(document), new Line(++sequence, document));
                progressNanos = System.nanoTime();
                changed.signalAll();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private static String key(ObjectNode document) {
        return Json.text(document, "status") + " " + Json.text(document, "digest");
    }

    private void end(@Nullable GatewayException cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever holds the lock ends what nobody needs, or what does not go on. */
    private void giveUp(GatewayException cause) {
        end(cause);
        reader.interrupt();
    }

    private final class Watcher implements Progress {
        private long seen;
        private boolean left;

        @Override
        public Optional<ObjectNode> next(Duration patience) {
            long end = System.nanoTime() + patience.toNanos();
            lock.lock();
            try {
                Optional<Line> line = news();
                while (line.isEmpty() && !left && !ended) {
                    changed.awaitNanos(remaining(end));
                    line = news();
                }
                line.ifPresent(news -> seen = news.number());
                return line.map(Line::document).or(this::over);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GatewayException(ErrorKind.INTERNAL, "interrupted while watching a download", e);
            } finally {
                lock.unlock();
            }
        }

        /** The oldest line that this watcher has not seen. */
        private Optional<Line> news() {
            return left
                    ? Optional.empty()
                    : lines.values().stream()
                            .filter(line -> line.number() > seen)
                            .min((one, other) -> Long.compare(one.number(), other.number()));
        }

        private Optional<ObjectNode> over() {
            if (left) {
                throw new GatewayException(ErrorKind.INVALID_REQUEST, "the download was cancelled");
            }
            if (failure != null) {
                throw failure;
            }
            return Optional.empty();
        }

        /** Nanoseconds until somebody's patience ends; where it has, nothing is waited for any more. */
        private long remaining(long end) {
            long now = System.nanoTime();
            long stalled = progressNanos + idle.toNanos() - now;
            if (stalled <= 0) {
                giveUp(new GatewayException(
                        ErrorKind.TIMEOUT, "the download has made no progress for " + idle.toSeconds() + " s"));
                return 0;
            }
            if (end <= now) {
                throw new GatewayException(ErrorKind.TIMEOUT, "the download takes too long");
            }
            return Math.min(stalled, end - now);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!left) {
                    left = true;
                    watchers--;
                    if (watchers == 0 && !ended) {
                        giveUp(new GatewayException(ErrorKind.INVALID_REQUEST, "the download was cancelled"));
                    }
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
