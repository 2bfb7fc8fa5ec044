package dev.drawbridge.usage.hook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What waits for one listener. When more comes than it takes, the newest is left out, and how much is counted. A virtual
 * thread of its own hands it over.
 */
final class Outbox<T> {
    private static final int LONGEST = 10_000;
    private static final int MOST_AT_ONCE = 100;
    private static final long LOOK_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BlockingQueue<T> queue;
    private final AtomicLong leftOut = new AtomicLong();
    private final Consumer<List<T>> listener;
    private final Thread worker;
    private volatile boolean closed;

    Outbox(String name, Consumer<List<T>> listener) {
        this(name, LONGEST, listener);
    }

    Outbox(String name, int longest, Consumer<List<T>> listener) {
        this.queue = new ArrayBlockingQueue<>(longest);
        this.listener = listener;
        this.worker = Thread.ofVirtual().name("drawbridge-hook-" + name).start(this::work);
    }

    void add(T one) {
        if (!queue.offer(one)) {
            leftOut.incrementAndGet();
        }
    }

    long leftOut() {
        return leftOut.get();
    }

    int waiting() {
        return queue.size();
    }

    private void work() {
        try {
            while (!closed || !queue.isEmpty()) {
                T first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<T> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    listener.accept(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands over what is there, if that does not take long. */
    void close() {
        closed = true;
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
    }
}
