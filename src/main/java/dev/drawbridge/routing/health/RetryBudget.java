package dev.drawbridge.routing.health;

import java.util.concurrent.TimeUnit;

/**
 * How many retries an upstream is to bear: a share of the calls that are sent to it, and one a second in any case. An
 * upstream that fails altogether is so not asked three times as often as one that works. Thread-safe.
 */
final class RetryBudget {
    /** What a retry costs: so that shares, which are given in percent, are whole numbers. */
    private static final long COST = 100;

    private static final long RESERVE = 10 * COST;
    private static final long REFILL = TimeUnit.SECONDS.toNanos(1) / COST;

    private final long share;
    private final long most;
    private long saved = RESERVE;
    private long seen;

    /**
     * @param share from 0 to 1
     * @param slots calls that may fail at the same time, and leave as many retries behind
     */
    RetryBudget(double share, int slots, long now) {
        this.share = Math.round(share * COST);
        this.most = Math.max(RESERVE, this.share * slots);
        this.seen = now;
    }

    /** A call is sent. */
    synchronized void deposit() {
        saved = Math.min(most, saved + share);
    }

    /** Whether another retry is affordable; it is paid. */
    synchronized boolean take(long now) {
        long refill = (now - seen) / REFILL;
        seen += refill * REFILL;
        if (saved < RESERVE) {
            saved = Math.min(RESERVE, saved + refill);
        }
        if (saved < COST) {
            return false;
        }
        saved -= COST;
        return true;
    }
}
