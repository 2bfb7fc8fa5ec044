package dev.drawbridge.routing.health;

import dev.drawbridge.inference.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A time for which something is left alone, because an answer said so. Times are nanoseconds. Thread-safe. */
final class Hold {
    private volatile @Nullable Until until;

    private record Until(long since, long end, ErrorKind kind, String reason) {}

    /** Time left; 0 when it is free. */
    long left(long now) {
        Until held = until;
        return held == null ? 0 : Math.max(0, held.end() - now);
    }

    Optional<Closure> closure(long now, String what) {
        Until held = until;
        return held == null || held.end() - now <= 0
                ? Optional.empty()
                : Optional.of(new Closure(held.end() - now, held.kind(), what + " is left alone: " + held.reason()));
    }

    /** Holds it so long from now, if it is not held longer; says whether it was free. */
    synchronized boolean put(long now, long nanos, ErrorKind kind, String reason) {
        long left = left(now);
        until = new Until(now, now + Math.max(nanos, left), kind, reason);
        return left == 0;
    }

    /** A call that began then went well: if that was after the hold, it is over. Says whether that ended it early. */
    synchronized boolean disprove(long began, long now) {
        Until held = until;
        if (held == null || began - held.since() <= 0) {
            return false;
        }
        until = null;
        return held.end() - now > 0;
    }
}
