package dev.drawbridge.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The life of a call, or of one try of it: when it ends early, because the client has gone, another try was faster or
 * the gateway stops, all that is done for it ends. Thread-safe.
 */
public final class CallScope {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> endings = new ArrayList<>(2);
    private volatile GatewayException reason = gone();

    /** What was to happen at an early end, and no longer needs to. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Ends everything because the client has gone; a second time does nothing. */
    public void end() {
        end(gone());
    }

    /**
     * Ends everything; a second time does nothing.
     *
     * @param why the failure of whatever was going on; its kind is one that is not tried again
     */
    public void end(GatewayException why) {
        List<Runnable> due;
        synchronized (endings) {
            if (hasEnded()) {
                return;
            }
            reason = why;
            ended.countDown();
            due = List.copyOf(endings);
            endings.clear();
        }
        due.forEach(Runnable::run);
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Why it has ended; before that, nothing of interest. */
    public GatewayException reason() {
        return reason;
    }

    /** Does this at an early end, on the thread that ends it; at once if that was before. It must not block. */
    public Watch onEnd(Runnable ending) {
        synchronized (endings) {
            if (!hasEnded()) {
                endings.add(ending);
                return () -> forget(ending);
            }
        }
        ending.run();
        return () -> {};
    }

    private void forget(Runnable ending) {
        synchronized (endings) {
            endings.remove(ending);
        }
    }

    /** Waits; says whether the scope is still open. */
    public boolean pause(Duration wait) {
        try {
            return !ended.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What it is called when the client has left. */
    public static GatewayException gone() {
        return new GatewayException(ErrorKind.CLIENT_GONE, "the client closed the connection");
    }
}
