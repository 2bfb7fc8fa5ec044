package dev.drawbridge.routing.health;

import dev.drawbridge.inference.ErrorKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream's credentials as one of its targets may use them: in turn, but for those that are held for all of the
 * upstream, or for this target. Thread-safe.
 *
 * @param everywhere a hold for each credential
 * @param here the same, for this target alone
 * @param turn shared by all targets of the upstream
 */
record Credentials(List<Hold> everywhere, List<Hold> here, AtomicInteger turn) {
    static final int NONE = -1;

    /** The index of the next free one, or {@link #NONE}. */
    int next(long now) {
        int size = everywhere.size();
        int first = size == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
        for (int i = 0; i < size; i++) {
            int index = (first + i) % size;
            if (left(index, now) == 0) {
                return index;
            }
        }
        return NONE;
    }

    /** Time left until one is free. */
    long left(long now) {
        long least = left(0, now);
        for (int i = 1; least > 0 && i < everywhere.size(); i++) {
            least = Math.min(least, left(i, now));
        }
        return least;
    }

    int free(long now) {
        int free = 0;
        for (int i = 0; i < everywhere.size(); i++) {
            free += left(i, now) == 0 ? 1 : 0;
        }
        return free;
    }

    /** Present when all are held; then until the first is free. */
    Optional<Closure> closure(long now, String name) {
        Optional<Closure> soonest = Optional.empty();
        for (int i = 0; i < everywhere.size(); i++) {
            Optional<Closure> one = closure(i, now, name);
            if (one.isEmpty()) {
                return one;
            }
            if (soonest.isEmpty() || one.get().nanos() < soonest.get().nanos()) {
                soonest = one;
            }
        }
        return soonest;
    }

    private Optional<Closure> closure(int index, long now, String name) {
        Hold longer =
                everywhere.get(index).left(now) >= here.get(index).left(now) ? everywhere.get(index) : here.get(index);
        return longer.closure(now, name)
                .map(held -> held.kind() == ErrorKind.UPSTREAM_UNAUTHORIZED
                        ? new Closure(held.nanos(), held.kind(), "the upstream refused the gateway's credential")
                        : held);
    }

    private long left(int index, long now) {
        return Math.max(everywhere.get(index).left(now), here.get(index).left(now));
    }
}
