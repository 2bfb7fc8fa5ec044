package dev.drawbridge.transport;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import java.util.Optional;

/** What may end a running exchange before its answer does: the clock, and the end of its call. */
final class Leash implements AutoCloseable {
    private final Deadline deadline;
    private final Watchdog watchdog;
    private final CallScope scope;
    private final CallScope.Watch watch;

    Leash(Deadline deadline, Watchdog watchdog, CallScope scope, Runnable cut) {
        this.deadline = deadline;
        this.watchdog = watchdog;
        this.scope = scope;
        this.watch = scope.onEnd(cut);
        watchdog.watch(deadline);
    }

    Deadline deadline() {
        return deadline;
    }

    /** What it was, if it was one of the two that broke the exchange. */
    Optional<GatewayException> failure(Exception cause) {
        if (scope.hasEnded()) {
            return Optional.of(scope.reason());
        }
        return deadline.failure(cause);
    }

    @Override
    public void close() {
        watchdog.release(deadline);
        watch.close();
    }
}
