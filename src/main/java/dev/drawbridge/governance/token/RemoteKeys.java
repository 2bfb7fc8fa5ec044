package dev.drawbridge.governance.token;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * Keys that are fetched: with the first token, from then on in the background, so that calls do not wait, and when a token
 * names one that nobody knows. What is known stays until something better is there, however long the provider is away.
 */
final class RemoteKeys implements Keys {
    private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());

    /**
     * @param apart between two fetches, whoever asks for them
     * @param patience longest wait of a call
     * @param refresh between two fetches in the background
     * @param again the same after a failure
     */
    record Pace(Duration apart, Duration patience, Duration refresh, Duration again) {
        static final Pace USUAL =
                new Pace(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofSeconds(30));
    }

    private final String name;
    private final Supplier<String> document;
    private final Pace pace;
    private final Thread refresher;
    private volatile List<PublicJsonWebKey> known = List.of();
    /** Whether the provider answered when it was asked last. */
    private volatile boolean answers = true;

    private Future<?> fetch = CompletableFuture.completedFuture(null);
    private long begun;

    /** @param name of the provider, for the log */
    RemoteKeys(String name, Supplier<String> document, Pace pace) {
        this.name = name;
        this.document = document;
        this.pace = pace;
        this.begun = System.nanoTime() - pace.apart().toNanos();
        this.refresher = Thread.ofVirtual().name("drawbridge-keys").unstarted(this::refresh);
    }

    @Override
    public List<PublicJsonWebKey> known() {
        return known;
    }

    @Override
    public List<PublicJsonWebKey> fresh() {
        // While the provider is away, only the first of those who ask waits for it in vain.
        boolean worthWaiting = answers;
        Future<?> asked = ask();
        if (worthWaiting) {
            await(asked);
        }
        return known;
    }

    private void await(Future<?> asked) {
        try {
            asked.get(pace.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answers = false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Joins the fetch that is under way, or begins one if that is not too soon. */
    private synchronized Future<?> ask() {
        // Not before the first token: a typed client that closes while the server deploys the gateway takes Jersey's
        // resources with it, and the gateway does not start.
        if (refresher.getState() == Thread.State.NEW) {
            refresher.start();
        }
        long now = System.nanoTime();
        if (fetch.isDone() && now - begun >= pace.apart().toNanos()) {
            begun = now;
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread.ofVirtual().name("drawbridge-keys-fetch").start(() -> {
                try {
                    fetch();
                } finally {
                    done.complete(null);
                }
            });
            fetch = done;
        }
        return fetch;
    }

    private void fetch() {
        try {
            known = KeyText.read(document.get());
            if (!answers) {
                LOG.log(System.Logger.Level.INFO, "{0} is there again, with {1} keys", name, known.size());
            }
            answers = true;
        } catch (RuntimeException e) {
            // Whatever it is, the next fetch must have its chance.
            System.Logger.Level level = answers ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
            LOG.log(level, "The keys of {0} cannot be fetched; {1} known ones stay: {2}", name, known.size(), why(e));
            answers = false;
        }
    }

    private static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }

    private void refresh() {
        try {
            while (true) {
                ask().get();
                Thread.sleep(known.isEmpty() || !answers ? pace.again() : pace.refresh());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        refresher.interrupt();
    }
}
