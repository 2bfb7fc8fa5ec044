package dev.drawbridge.governance.issuer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider's endpoints, fetched when somebody wants to know them, and again in the background when they are old. What is
 * known stays, however long the provider is away. Thread-safe.
 */
final class KnownEndpoints {
    private static final System.Logger LOG = System.getLogger(KnownEndpoints.class.getName());

    private final String issuer;
    private final Supplier<SignInPlace.Endpoints> source;
    private final Pace pace;
    private volatile SignInPlace.@Nullable Endpoints known;
    /** Whether the provider answered when it was asked last. */
    private volatile boolean answers = true;

    private Future<?> fetch = CompletableFuture.completedFuture(null);
    private long begun;

    /**
     * @param refresh between two fetches
     * @param again the same after a failure
     * @param patience longest wait of somebody who wants to know
     */
    record Pace(Duration refresh, Duration again, Duration patience) {
        static final Pace USUAL = new Pace(Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    /** @param issuer for the log */
    KnownEndpoints(String issuer, Supplier<SignInPlace.Endpoints> source, Pace pace) {
        this.issuer = issuer;
        this.source = source;
        this.pace = pace;
        this.begun = System.nanoTime() - pace.refresh().toNanos();
    }

    Optional<SignInPlace.Endpoints> current() {
        // While the provider is away, only the first of those who ask waits for it in vain.
        boolean worthWaiting = known == null && answers;
        renew();
        if (worthWaiting) {
            await();
        }
        return Optional.ofNullable(known);
    }

    /** Begins a fetch, if it is time. */
    synchronized void renew() {
        Duration apart = answers ? pace.refresh() : pace.again();
        long now = System.nanoTime();
        if (fetch.isDone() && now - begun >= apart.toNanos()) {
            begun = now;
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread.ofVirtual().name("drawbridge-sign-in").start(() -> {
                fetch();
                done.complete(null);
            });
            fetch = done;
        }
    }

    private synchronized Future<?> underWay() {
        return fetch;
    }

    private void fetch() {
        try {
            known = source.get();
            answers = true;
        } catch (RuntimeException e) {
            // Whatever it is, the next fetch must have its chance.
            System.Logger.Level level = answers ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
            LOG.log(level, "Where people sign in at {0} cannot be fetched: {1}", issuer, e.toString());
            answers = false;
        }
    }

    private void await() {
        try {
            underWay().get(pace.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answers = false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
