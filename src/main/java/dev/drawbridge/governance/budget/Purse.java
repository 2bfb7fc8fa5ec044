package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One budget, and its pages. */
final class Purse {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Whoever locks several does it in this order. */
    final long number = NUMBERS.getAndIncrement();

    final ReentrantLock lock = new ReentrantLock();
    volatile ScopedBudget budget;
    private volatile @Nullable Page page;
    private volatile @Nullable Page last;
    private boolean gone;

    /** Opens pages that calls of this process may have been counted on elsewhere before. */
    interface Opening {
        Page open(Purse purse, Instant moment, ZoneId zone);

        /** One whose span begins before our eyes: nothing can have been spent in it yet. */
        Page turn(Purse purse, Instant moment, ZoneId zone);

        /** The budget is for other models now than what is on the page. */
        void change(Purse purse, Page page);
    }

    Purse(ScopedBudget budget) {
        this.budget = budget;
    }

    /** Does something that nobody else does at the same time. */
    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #run}. */
    <T> T get(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Page page() {
        return page;
    }

    /** The page of the moment; null when another purse is in use now. */
    @Nullable
    Page page(ScopedBudget wanted, Instant moment, ZoneId zone, Opening opening) {
        Page now = page;
        ScopedBudget before = budget;
        budget = wanted;
        if (now != null && now.holds(moment) && now.isFor(wanted.terms(), zone)) {
            if (!before.models().equals(wanted.models())) {
                opening.change(this, now);
            }
            return now;
        }
        lock.lock();
        try {
            return turned(wanted.terms(), moment, zone, opening);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Page turned(BudgetTerms terms, Instant moment, ZoneId zone, Opening opening) {
        Page now = page;
        boolean same = now != null && now.isFor(terms, zone);
        if (now != null && same && now.holds(moment)) {
            return now;
        }
        // Somebody who began in the old span, and is a little late.
        Page before = last;
        if (before != null && before.isFor(terms, zone) && before.holds(moment)) {
            return before;
        }
        if (gone) {
            return null;
        }
        if (now != null && same && moment.isBefore(now.span.start())) {
            Page late = opening.open(this, moment, zone);
            last = late;
            return late;
        }
        boolean turns = now != null && same && !moment.isBefore(now.span.end());
        Page next = turns ? opening.turn(this, moment, zone) : opening.open(this, moment, zone);
        last = turns ? now : null;
        page = next;
        return next;
    }

    /** Marks it as not in use, if its span is over and no call is in it. */
    boolean retire(Instant moment) {
        lock.lock();
        try {
            Page now = page;
            Page before = last;
            gone = now != null
                    && !moment.isBefore(now.span.end())
                    && now.reserved.signum() == 0
                    && (before == null || before.reserved.signum() == 0);
            return gone;
        } finally {
            lock.unlock();
        }
    }
}
