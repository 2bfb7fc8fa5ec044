package dev.drawbridge.transport;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.ErrorKind.Overdue;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a running exchange must show the next sign of life. Written by its own thread, read by the {@link Watchdog}. */
final class Deadline {
    private static final long LAST_MOMENT_NANOS = 100_000_000;

    private final Timeouts timeouts;
    private final long total;
    private final Runnable abort;
    private volatile long next;
    private volatile @Nullable Missed missed;
    private boolean streaming;

    private record Missed(Overdue what, String words) {}

    /** @param abort ends the exchange from another thread */
    Deadline(Timeouts timeouts, Runnable abort) {
        this.timeouts = timeouts;
        this.abort = abort;
        long now = System.nanoTime();
        this.total = now + timeouts.total().toNanos();
        this.next = now + timeouts.connect().plus(timeouts.firstToken()).toNanos();
    }

    /** There is a connection, and the request goes out: from now on the first token is waited for. */
    void connected() {
        next = System.nanoTime() + timeouts.firstToken().toNanos();
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
        long soonest = next;
        if (now - total >= 0 && soonest - total > 0) {
            missed = new Missed(Overdue.TOTAL, "no complete answer within " + seconds(timeouts.total()));
        } else if (now - soonest >= 0) {
            // Of two that were missed since the last look, the one that was missed first.
            missed = streaming
                    ? new Missed(Overdue.IDLE, "nothing more arrived for " + seconds(timeouts.idle()))
                    : new Missed(Overdue.FIRST_TOKEN, "no answer began within " + seconds(timeouts.firstToken()));
        } else {
            return false;
        }
        abort.run();
        return true;
    }

    /** What did not happen in time, as the cause of a broken exchange; empty while all is well. */
    Optional<GatewayException> failure(Throwable cause) {
        return Optional.ofNullable(missed)
                .map(late -> new GatewayException(
                                ErrorKind.TIMEOUT, "the upstream took too long: " + late.words(), cause)
                        .withCode(late.what().code()));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
