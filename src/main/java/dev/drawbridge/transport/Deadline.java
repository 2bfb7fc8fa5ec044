package dev.drawbridge.transport;

import java.time.Duration;

/** When a running exchange must show the next sign of life. Written by its own thread, read by the {@link Watchdog}. */
final class Deadline {
    private static final long LAST_MOMENT_NANOS = 100_000_000;

    private final Timeouts timeouts;
    private final long total;
    private final Runnable abort;
    private volatile long next;
    private volatile String missed = "";
    private boolean streaming;

    /** @param abort ends the exchange from another thread */
    Deadline(Timeouts timeouts, Runnable abort) {
        this.timeouts = timeouts;
        this.abort = abort;
        long now = System.nanoTime();
        this.total = now + timeouts.total().toNanos();
        this.next = now + timeouts.connect().plus(timeouts.firstToken()).toNanos();
    }

    /** The first event of the answer is here: from now on only gaps and the whole count. */
    void firstToken() {
        streaming = true;
        alive();
    }

    /** All that matters is here; the rest may take a moment. */
    void finishing() {
        streaming = false;
        next = System.nanoTime() + LAST_MOMENT_NANOS;
    }

    /** Bytes have arrived. */
    void alive() {
        if (streaming) {
            next = System.nanoTime() + timeouts.idle().toNanos();
        }
    }

    /** Ends the exchange when it is too late; says whether it was. */
    boolean checked(long now) {
        if (now - total >= 0) {
            missed = "no complete answer within " + seconds(timeouts.total());
        } else if (now - next >= 0) {
            missed = streaming
                    ? "nothing more arrived for " + seconds(timeouts.idle())
                    : "no answer began within " + seconds(timeouts.firstToken());
        } else {
            return false;
        }
        abort.run();
        return true;
    }

    /** What did not happen in time; empty while all is well. */
    String missed() {
        return missed;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
