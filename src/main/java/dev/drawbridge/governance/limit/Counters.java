package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The counters of all limits, each made when first needed and forgotten when it says nothing any more. Thread-safe. */
public final class Counters {
    private final ConcurrentHashMap<String, Counter> byId = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward, such as {@link System#nanoTime} */
    public Counters(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What one call wants of these limits. */
    public LimitClaim claim(List<ScopedLimit> limits) {
        return new LimitClaim(this, limits);
    }

    /** Forgets the counters of which everything has flown back. */
    public void sweep() {
        byId.keySet()
                .forEach(id -> byId.computeIfPresent(id, (same, counter) -> counter.retire(now()) ? null : counter));
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    Counter of(String id) {
        Counter known = byId.get(id);
        return known == null ? byId.computeIfAbsent(id, unknown -> new Counter()) : known;
    }

    /** The one in use, locked: mostly the one that was in use before. */
    Counter locked(String id, Counter before) {
        Counter counter = before;
        while (!counter.lock()) {
            counter.unlock();
            Thread.onSpinWait();
            counter = of(id);
        }
        return counter;
    }

    long now() {
        return nanos.getAsLong();
    }
}
