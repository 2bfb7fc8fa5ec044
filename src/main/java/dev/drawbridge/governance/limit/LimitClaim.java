package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Dimension.Measure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants of its limits, and then has taken of them. Between {@link #lock} and {@link #unlock} nobody else
 * takes any of them, so that what was looked at is still so when it is taken. Settled or released once, by whoever owns
 * it.
 */
public final class LimitClaim {
    /** How many calls of this size must fit for it not to matter that its prompt has not been counted. */
    private static final int AMPLE = 8;

    private final Counters counters;
    private final Part[] parts;
    private final Counter[] inOrder;
    private @Nullable Readings readings;

    private static final class Part {
        final ScopedLimit limit;
        Counter counter;
        Rate[] rates = {};
        long[] taken = {};

        Part(ScopedLimit limit, Counter counter) {
            this.limit = limit;
            this.counter = counter;
        }
    }

    LimitClaim(Counters counters, List<ScopedLimit> limits) {
        this.counters = counters;
        this.parts = new Part[limits.size()];
        for (int i = 0; i < parts.length; i++) {
            ScopedLimit limit = limits.get(i);
            parts[i] = new Part(limit, counters.of(limit.id()));
        }
        this.inOrder = new Counter[parts.length];
    }

    /** Counters have one order for all, so that nobody waits for somebody who waits for him. */
    public void lock() {
        while (!locked()) {
            unlock();
            for (Part part : parts) {
                part.counter = counters.of(part.limit.id());
            }
            Thread.onSpinWait();
        }
        for (Part part : parts) {
            part.rates = part.counter.rates(part.limit.most());
        }
    }

    private boolean locked() {
        for (int i = 0; i < parts.length; i++) {
            inOrder[i] = parts[i].counter;
        }
        if (inOrder.length > 1) {
            Arrays.sort(inOrder, Comparator.comparingLong(counter -> counter.number));
        }
        boolean current = true;
        for (Counter counter : inOrder) {
            current &= counter.lock();
        }
        return current;
    }

    public void unlock() {
        for (Counter counter : inOrder) {
            counter.unlock();
        }
    }

    /** The limit that makes the call wait longest. */
    public Optional<Shortage> shortage(Load load) {
        Shortage worst = null;
        long now = counters.now();
        for (Part part : parts) {
            for (Rate rate : part.rates) {
                long wait = wait(part, rate, load, now);
                if (wait > 0 && (worst == null || wait > worst.after().toNanos())) {
                    worst = new Shortage(part.limit.scope(), rate.dimension(), rate.most(), Duration.ofNanos(wait));
                }
            }
        }
        if (worst != null) {
            readings = read(now);
        }
        return Optional.ofNullable(worst);
    }

    /** A call that is larger than the limit itself passes when nothing has been taken. */
    private static long wait(Part part, Rate rate, Load load, long now) {
        long needed = load.needed(rate.measure());
        return needed == 0 ? 0 : part.counter.window(rate, now).wait(rate, Math.min(needed, rate.most()), now);
    }

    /** Whether there is so much left that a prompt that is only thought to be so long takes nothing from others. */
    public boolean ample(Load load) {
        long now = counters.now();
        for (Part part : parts) {
            for (Rate rate : part.rates) {
                long others = load.needed(rate.measure()) - load.input();
                if (rate.countsInput()
                        && load.input() * AMPLE > part.counter.window(rate, now).left(rate) - others) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes it of all, and remembers how they are now. */
    public void take(Load load) {
        long now = counters.now();
        readings = new Readings();
        for (Part part : parts) {
            part.taken = new long[part.rates.length];
            for (int i = 0; i < part.rates.length; i++) {
                Rate rate = part.rates[i];
                Window window = part.counter.window(rate, now);
                long least = Math.min(load.needed(rate.measure()), rate.most());
                long amount = Math.max(least, Math.min(load.wanted(rate.measure()), window.left(rate)));
                part.taken[i] = amount;
                window.take(amount);
                readings.add(rate, window, now);
            }
        }
    }

    /** Puts what was really used in the place of what was taken. */
    public void settle(long input, long output) {
        Load used = new Load(input, output, true);
        correct(measure -> measure == Measure.CALLS ? 0 : used.wanted(measure));
    }

    /** Gives back all that was taken. */
    public void release() {
        correct(measure -> 0);
    }

    private void correct(Real real) {
        for (Part part : parts) {
            Counter counter = counters.locked(part.limit.id(), part.counter);
            try {
                long now = counters.now();
                for (int i = 0; i < part.rates.length; i++) {
                    Rate rate = part.rates[i];
                    counter.window(rate, now).take(real.of(rate.measure()) - part.taken[i]);
                }
            } finally {
                counter.unlock();
            }
        }
    }

    /** How the limits were when the call was let in, or was not. */
    public Map<String, String> headers() {
        return readings == null ? Map.of() : readings.headers();
    }

    private Readings read(long now) {
        Readings read = new Readings();
        for (Part part : parts) {
            for (Rate rate : part.rates) {
                read.add(rate, part.counter.window(rate, now), now);
            }
        }
        return read;
    }

    @FunctionalInterface
    private interface Real {
        long of(Measure measure);
    }
}
