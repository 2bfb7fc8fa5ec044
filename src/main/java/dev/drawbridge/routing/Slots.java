package dev.drawbridge.routing;

import dev.drawbridge.provider.Upstream;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The calls that each upstream is serving, which may not be more than its {@code max-in-flight}. Thread-safe. */
@Singleton
public class Slots {
    private final Map<Limit, Semaphore> limits = new ConcurrentHashMap<>();

    private record Limit(String upstream, int slots) {}

    /** One call at an upstream, until it is closed; closing twice is closing once. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** A place at the upstream, if there is one. */
    public Optional<Slot> take(Upstream upstream) {
        Semaphore free = limits.computeIfAbsent(
                new Limit(upstream.name(), upstream.maxInFlight()), limit -> new Semaphore(limit.slots()));
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        AtomicBoolean taken = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (taken.getAndSet(false)) {
                free.release();
            }
        });
    }
}
