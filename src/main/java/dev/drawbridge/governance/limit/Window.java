package dev.drawbridge.governance.limit;

/** What has been taken at a rate and has not flown back yet; more than there was, where calls took more than expected. */
final class Window {
    /** When it is not time that gives something back, this is as good a guess as any, in nanoseconds. */
    private static final long SOON = 1_000_000_000L;

    private long used;
    private long since;

    /** Lets flow back what has until now. */
    void flow(Rate rate, long now) {
        if (used == 0) {
            since = now;
            return;
        }
        long flown = now - since > 0 ? rate.flown(now - since) : 0;
        if (flown >= used) {
            used = 0;
            since = now;
        } else if (flown > 0) {
            used -= flown;
            since += rate.time(flown);
        }
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Below zero while in debt. */
    long left(Rate rate) {
        return rate.most() - used;
    }

    /** Nanoseconds until so much is left, which is no more than the rate's most; 0: it is now. Of nothing there is never any. */
    long wait(Rate rate, long amount, long now) {
        if (rate.most() == 0) {
            return Math.max(SOON, rate.window());
        }
        long missing = used + amount - rate.most();
        if (missing <= 0) {
            return 0;
        }
        return rate.window() == 0 ? SOON : Math.max(1, rate.time(missing) - (now - since));
    }

    /** Nanoseconds until all has flown back. */
    long reset(Rate rate, long now) {
        return used == 0 || rate.window() == 0 ? 0 : Math.max(1, rate.time(used) - (now - since));
    }

    /** @param amount below zero to give back */
    void take(long amount) {
        used = Math.max(0, used + amount);
    }
}
