package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Dimension;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** All that is counted under one id. Everything but {@link #number} and the lock is guarded by the lock. */
final class Counter {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Whoever locks several does it in this order. */
    final long number = NUMBERS.getAndIncrement();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Dimension, Window> windows = new EnumMap<>(Dimension.class);
    private Map<Dimension, Long> most = Map.of();
    private Rate[] rates = {};
    private boolean gone;

    /** @return whether it is still the one in use under its id */
    boolean lock() {
        lock.lock();
        return !gone;
    }

    void unlock() {
        lock.unlock();
    }

    /** What counts now; what has been taken stays taken when the limit has changed. */
    Rate[] rates(Map<Dimension, Long> wanted) {
        if (!wanted.equals(most)) {
            most = wanted;
            rates = Rate.of(wanted);
        }
        return rates;
    }

    /** As of now. */
    Window window(Rate rate, long now) {
        Window window = windows.computeIfAbsent(rate.dimension(), dimension -> new Window());
        window.flow(rate, now);
        return window;
    }

    /** Marks it as not in use, if nothing is counted and nobody is at it. */
    boolean retire(long now) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            for (Rate rate : rates) {
                window(rate, now);
            }
            gone = windows.values().stream().allMatch(Window::isEmpty);
            return gone;
        } finally {
            lock.unlock();
        }
    }
}
