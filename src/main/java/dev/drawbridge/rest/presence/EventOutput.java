package dev.drawbridge.rest.presence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.wire.SseWriter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Server-sent events to a client. Once they have begun and until they end, a comment goes out whenever there was none
 * for some time, so that nobody on the way takes the connection for dead, and so that a client's leaving shows.
 */
public final class EventOutput implements AutoCloseable {
    private final SseWriter events;
    private final CallScope scope;
    private final Runnable closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean commenting = new AtomicBoolean();
    private volatile long lastNanos;
    private volatile boolean alive;

    /** @param closing done at the end */
    EventOutput(SseWriter events, CallScope scope, Consumer<EventOutput> closing) {
        this.events = events;
        this.scope = scope;
        this.closing = () -> closing.accept(this);
    }

    public void data(JsonNode document) throws IOException {
        lock.lock();
        try {
            events.data(document);
        } finally {
            lock.unlock();
        }
    }

    public void data(byte[] line) throws IOException {
        lock.lock();
        try {
            events.data(line);
        } finally {
            lock.unlock();
        }
    }

    public void flush() throws IOException {
        lock.lock();
        try {
            events.flush();
            lastNanos = System.nanoTime();
            alive = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing has been sent for this long; before the first flush, which sends the head, it does not count. */
    boolean isSilent(long nanos, long now) {
        return alive && now - lastNanos >= nanos && !commenting.get() && !lock.isLocked();
    }

    /** Sends a comment from a thread of its own: it may block for as long as the client does not read. */
    void comment() {
        if (commenting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("drawbridge-keep-alive").start(this::write);
        }
    }

    private void write() {
        // Whoever has the lock is sending something better.
        if (lock.tryLock()) {
            try {
                if (alive) {
                    events.comment("keep-alive");
                    events.flush();
                    lastNanos = System.nanoTime();
                }
            } catch (IOException | IllegalStateException e) {
                alive = false;
                scope.end();
            } finally {
                lock.unlock();
            }
        }
        commenting.set(false);
    }

    /** Nothing is written after this. */
    @Override
    public void close() {
        closing.run();
        lock.lock();
        try {
            alive = false;
        } finally {
            lock.unlock();
        }
    }
}
