package dev.drawbridge.routing;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Upstream;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What upstreams say of their models. An upstream that does not answer keeps the list that it gave last. */
@Singleton
public class Discovery {
    private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

    private final Providers providers;
    private final Map<Upstream, List<DiscoveredModel>> found = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    public Discovery(Providers providers) {
        this.providers = providers;
    }

    /** The upstream's models, if it has ever listed them. */
    Optional<List<DiscoveredModel>> of(Upstream upstream) {
        return Optional.ofNullable(found.get(upstream));
    }

    /** Changes whenever a list has changed. */
    long version() {
        return version.get();
    }

    /** Asks all of them at the same time, and waits for their answers so long. */
    void refresh(Collection<Upstream> upstreams, Duration patience) {
        found.keySet().retainAll(upstreams);
        List<Future<?>> asked = new ArrayList<>();
        upstreams.forEach(upstream -> asked.add(threads.submit(() -> ask(upstream))));
        long end = System.nanoTime() + patience.toNanos();
        for (Future<?> answer : asked) {
            try {
                answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Its models appear when it answers.
            } catch (ExecutionException e) {
                LOG.log(System.Logger.Level.WARNING, "Listing models failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask(Upstream upstream) {
        try {
            List<DiscoveredModel> models = providers.of(upstream).models(upstream);
            if (!models.equals(found.put(upstream, models))) {
                version.incrementAndGet();
            }
        } catch (GatewayException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} does not list its models: {1}", upstream, e.getMessage());
        }
    }

    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }
}
