package dev.drawbridge.governance;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * How many calls of models run at the same time, and whether more may come. It refuses without waiting: a queue in front
 * of calls that last seconds would only hide that there are too many. Thread-safe.
 */
@Singleton
public class Admission {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 20;

    private final IntSupplier most;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<CallScope> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A call's place, given back once. */
    @FunctionalInterface
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    @Inject
    public Admission(LiveConfig config) {
        this(() -> config.current().server().maxCalls());
    }

    /** @param most calls at the same time, asked for each call */
    Admission(IntSupplier most) {
        this.most = most;
    }

    /**
     * Lets a call in.
     *
     * @param scope of the call; it is ended when the gateway stops before the call does
     * @throws GatewayException {@code NO_CAPACITY}, worth another try in a second
     */
    public Permit admit(CallScope scope) {
        if (taken.incrementAndGet() > most.getAsInt()) {
            taken.decrementAndGet();
            throw refusal("The gateway has as many calls as it can carry; try again soon");
        }
        running.add(scope);
        Permit permit = () -> {
            if (running.remove(scope)) {
                taken.decrementAndGet();
            }
        };
        // Asked last: a call that comes in at the same moment is either refused here or seen by whoever closes.
        if (closed) {
            permit.close();
            throw stopping();
        }
        return permit;
    }

    /** Whether calls are let in at all. */
    public boolean isOpen() {
        return !closed;
    }

    /** How many run now. */
    public int running() {
        return taken.get();
    }

    /** Lets nobody in any more; those who are in go on. */
    public void close() {
        closed = true;
    }

    /** Ends those who are still in, each with an answer that says why. */
    public void endAll() {
        // Each on its own, so that none holds up another.
        running.forEach(scope -> Thread.ofVirtual().start(() -> scope.end(stopping())));
    }

    /** Waits until nobody is in; says whether that came true in time. */
    public boolean awaitEmpty(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (running() > 0) {
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static GatewayException stopping() {
        return refusal("The gateway is being stopped; try again");
    }

    private static GatewayException refusal(String message) {
        return new GatewayException(ErrorKind.NO_CAPACITY, message).withRetryAfter(SOON);
    }
}
