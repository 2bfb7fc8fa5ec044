package dev.drawbridge.routing.health;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The calls that an upstream serves at the same time, and those that wait for their turn: not many, not long, and in
 * the order in which they came. Thread-safe; virtual threads may wait here.
 */
final class Places {
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final double WEIGHT = 0.1;

    private final String upstream;
    private final LongSupplier time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private Limits limits;
    private int taken;
    private double service;

    /**
     * @param slots calls at the same time
     * @param queue calls that may wait
     * @param patience longest time that each waits
     */
    record Limits(int slots, int queue, Duration patience) {}

    Places(String upstream, Limits limits, LongSupplier time) {
        this.upstream = upstream;
        this.limits = limits;
        this.time = time;
    }

    /** One call's place, until it is closed; closing twice is closing once. */
    final class Place {
        private final long began = time.getAsLong();
        private final AtomicBoolean open = new AtomicBoolean(true);

        void close() {
            double served = time.getAsLong() - began;
            leave(() -> service = service == 0 ? served : service + (served - service) * WEIGHT);
        }

        /** As closing, but nothing was sent, so that nothing is learnt of how long calls take. */
        void abandon() {
            leave(() -> {});
        }

        private void leave(Runnable learn) {
            if (open.getAndSet(false)) {
                lock.lock();
                try {
                    learn.run();
                    free();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private final class Waiter {
        private final CountDownLatch done = new CountDownLatch(1);
        private boolean admitted;

        /** Its call is over. On the thread that ended it, so it only takes itself out. */
        void leave() {
            lock.lock();
            try {
                waiters.remove(this);
            } finally {
                lock.unlock();
            }
            done.countDown();
        }

        void admit() {
            admitted = true;
            done.countDown();
        }
    }

    /**
     * A place, at once or, for the patient, after a wait.
     *
     * @throws GatewayException {@code OVERLOADED} when there is none in time, {@code CLIENT_GONE} when the scope ends
     */
    Place take(CallScope scope, boolean patient) {
        Waiter waiter = new Waiter();
        Duration patience;
        lock.lock();
        try {
            if (taken < limits.slots() && waiters.isEmpty()) {
                taken++;
                return new Place();
            }
            if (!patient
                    || waiters.size() >= limits.queue()
                    || limits.patience().isZero()) {
                throw full();
            }
            waiters.addLast(waiter);
            patience = limits.patience();
        } finally {
            lock.unlock();
        }
        boolean present = await(waiter, scope, patience);
        return settle(waiter, scope, present && !scope.hasEnded());
    }

    private static boolean await(Waiter waiter, CallScope scope, Duration patience) {
        CallScope.Watch watch = scope.onEnd(waiter::leave);
        try {
            // Whether in time is known under the lock alone.
            boolean unused = waiter.done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            watch.close();
        }
    }

    private Place settle(Waiter waiter, CallScope scope, boolean present) {
        lock.lock();
        try {
            if (waiter.admitted && present) {
                return new Place();
            }
            if (waiter.admitted) {
                free();
            }
            waiters.remove(waiter);
            throw present ? full() : scope.reason();
        } finally {
            lock.unlock();
        }
    }

    private void free() {
        taken--;
        admit();
    }

    private void admit() {
        while (taken < limits.slots() && !waiters.isEmpty()) {
            taken++;
            waiters.removeFirst().admit();
        }
    }

    /** When all who wait will have had their turn, as far as one can tell. */
    private GatewayException full() {
        Duration turn = Duration.ofMillis((long) (service * (waiters.size() + 1) / limits.slots() / 1_000_000));
        return new GatewayException(ErrorKind.OVERLOADED, "all places at upstream " + upstream + " are taken")
                .withRetryAfter(turn.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : turn);
    }

    void limit(Limits changed) {
        lock.lock();
        try {
            limits = changed;
            admit();
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }
}
