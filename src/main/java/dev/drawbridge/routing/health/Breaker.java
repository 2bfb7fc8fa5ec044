package dev.drawbridge.routing.health;

import dev.drawbridge.config.ResilienceConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The circuit breaker of a target. Around the library's own, it knows to the millisecond when it opens, counts verdicts
 * only in the state in which their call began, and does not wait forever for the calls of a half-open one. Thread-safe.
 */
final class Breaker {
    private static final System.Logger LOG = System.getLogger(TargetStates.class.getName());
    private static final int TRIES = 2;
    private static final double COLD = 0.1;

    private final String name;
    private final ResilienceConfig config;
    private final LongSupplier time;
    private final CircuitBreaker machine;
    private final ReentrantLock lock = new ReentrantLock();
    private long generation;
    private final AtomicInteger trying = new AtomicInteger();
    private volatile long tried;
    private volatile long until;
    private volatile long recovered;
    private Runnable note = () -> {};

    Breaker(String name, ResilienceConfig config, LongSupplier time) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.recovered = time.getAsLong() - config.slowStart().toNanos();
        this.machine = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                config.breaker().window(),
                                config.breaker().minimumCalls(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold((float) (config.breaker().failureRate() * 100))
                        .permittedNumberOfCallsInHalfOpenState(TRIES)
                        .waitIntervalFunctionInOpenState(this::opened)
                        .build());
    }

    /** One call's way through, until its verdict. */
    interface Permission {
        void succeeded();

        void failed(GatewayException failure);

        /** It ended without saying anything of the target. */
        void release();
    }

    private final class Regular implements Permission {
        private final long born = generation;

        @Override
        public void succeeded() {
            locked(() -> verdict(() -> machine.onSuccess(0, TimeUnit.NANOSECONDS)));
        }

        @Override
        public void failed(GatewayException failure) {
            locked(() -> verdict(() -> machine.onError(0, TimeUnit.NANOSECONDS, failure)));
        }

        @Override
        public void release() {
            locked(() -> verdict(() -> {
                machine.releasePermission();
                trying.decrementAndGet();
            }));
        }

        private boolean verdict(Runnable verdict) {
            return born == generation && step(verdict);
        }
    }

    /** Past the open breaker: its failure is no news, and its success closes it. */
    private final class BreakIn implements Permission {
        @Override
        public void succeeded() {
            locked(() -> machine.getState() != State.CLOSED && step(machine::transitionToClosedState));
        }

        @Override
        public void failed(GatewayException failure) {}

        @Override
        public void release() {}
    }

    /** A way through whatever the state. */
    Permission breakIn() {
        return new BreakIn();
    }

    /** A way through, if there is one now. */
    Optional<Permission> enter() {
        return locked(() -> {
            long now = time.getAsLong();
            if (machine.getState() == State.OPEN && until - now <= 0) {
                step(machine::transitionToHalfOpenState);
            }
            if (left(now) > 0) {
                return Optional.empty();
            }
            if (machine.getState() == State.HALF_OPEN && trying.get() >= TRIES) {
                machine.releasePermission();
            }
            if (!machine.tryAcquirePermission()) {
                return Optional.empty();
            }
            trying.incrementAndGet();
            tried = now;
            return Optional.of(new Regular());
        });
    }

    /** The upstream seems to be back: what is open may be tried now. */
    void tryNow() {
        locked(() -> machine.getState() == State.OPEN && step(machine::transitionToHalfOpenState));
    }

    Optional<Closure> closure(long now) {
        long left = left(now);
        return left == 0
                ? Optional.empty()
                : Optional.of(new Closure(
                        left, ErrorKind.OVERLOADED, name + " has failed too often and is left alone for a while"));
    }

    /** Time left until it may be entered; 0 when it may be. */
    long left(long now) {
        return switch (machine.getState()) {
            case OPEN -> Math.max(0, until - now);
            // Calls that try may take minutes; then others try beside them.
            case HALF_OPEN -> trying.get() < TRIES ? 0 : Math.max(0, tried + waitMillis(1) * 1_000_000 - now);
            default -> 0;
        };
    }

    State state() {
        return machine.getState();
    }

    /** In percent; empty while too few calls are known. */
    OptionalDouble failureRate() {
        float rate = machine.getMetrics().getFailureRate();
        return rate < 0 ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    double warmth() {
        double passed = time.getAsLong() - recovered;
        long all = config.slowStart().toNanos();
        return passed >= all ? 1 : COLD + (1 - COLD) * passed / all;
    }

    /** The library asks how long it is to be open; it does not tell anybody until when. */
    private long opened(int times) {
        until = time.getAsLong() + TimeUnit.MILLISECONDS.toNanos(waitMillis(times));
        return waitMillis(times);
    }

    private long waitMillis(int times) {
        double doubled = (double) config.breaker().open().toMillis() * Math.pow(2, times - 1);
        return Math.max(1, Math.min(config.breaker().maxOpen().toMillis(), (long) doubled));
    }

    private boolean step(Runnable action) {
        State before = machine.getState();
        action.run();
        State after = machine.getState();
        if (before != after) {
            generation++;
            trying.set(0);
            if (after == State.CLOSED) {
                recovered = time.getAsLong();
            }
            note = note(before, after);
        }
        return before != after;
    }

    private Runnable note(State before, State after) {
        double seconds = TimeUnit.NANOSECONDS.toMillis(until - time.getAsLong()) / 1000.0;
        String detail = switch (after) {
            case OPEN ->
                String.format(
                        Locale.ROOT,
                        "for %.1f s, %.0f %% of the last %d calls failed",
                        seconds,
                        machine.getMetrics().getFailureRate(),
                        machine.getMetrics().getNumberOfBufferedCalls());
            case HALF_OPEN -> TRIES + " calls try it";
            default -> "recovered";
        };
        String line = name + ": " + TargetReport.word(before) + " -> " + TargetReport.word(after) + ", " + detail;
        Level level = after == State.OPEN ? Level.WARNING : Level.INFO;
        return () -> LOG.log(level, line);
    }

    private <T> T locked(Supplier<T> action) {
        Runnable said;
        lock.lock();
        try {
            return action.get();
        } finally {
            said = note;
            note = () -> {};
            lock.unlock();
            said.run();
        }
    }
}
