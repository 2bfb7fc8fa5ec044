package dev.drawbridge.routing.health.probe;

import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.ResilienceConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.health.TargetStates;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/** Asks each upstream whose configuration has a {@code probe}, again and again, and tells what became of it. */
@Singleton
public class Prober {
    private static final System.Logger LOG = System.getLogger(Prober.class.getName());
    private static final long LOOK_MILLIS = 200;

    /** By then the server has made its JAX-RS applications; Jersey mixes them up with clients made meanwhile. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private final LiveConfig config;
    private final Providers providers;
    private final Probe probe;
    private final TargetStates states;
    private Duration first = FIRST;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clock =
            Thread.ofPlatform().daemon().name("drawbridge-probes").unstarted(this::keepAsking);
    private final Map<String, Long> due = new HashMap<>();

    @Inject
    Prober(LiveConfig config, Providers providers, Probe probe, TargetStates states) {
        this.config = config;
        this.providers = providers;
        this.probe = probe;
        this.states = states;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        start(FIRST);
    }

    /** @param wait time to the first question */
    void start(Duration wait) {
        first = wait;
        clock.start();
    }

    private void keepAsking() {
        try {
            Thread.sleep(first);
            long seen = config.version();
            List<Upstream> wanted = wanted(config.current());
            while (true) {
                if (seen != config.version()) {
                    seen = config.version();
                    wanted = wanted(config.current());
                }
                wanted.forEach(this::askWhenDue);
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those to ask: an upstream whose list of models says nothing is not among them. */
    private static List<Upstream> wanted(DrawbridgeConfig current) {
        Presets presets = Presets.with(current.providers());
        List<Upstream> wanted = new ArrayList<>();
        for (UpstreamConfig upstream : current.upstreams()) {
            if (upstream.resilience().probe().every().isPositive()) {
                presets.of(upstream.kind())
                        .filter(preset -> preset.listing())
                        .ifPresent(preset -> wanted.add(new Upstream(upstream, preset)));
            }
        }
        return wanted;
    }

    private void askWhenDue(Upstream upstream) {
        ResilienceConfig.Probe settings = upstream.resilience().probe();
        long now = System.nanoTime();
        if (now - due.getOrDefault(upstream.name(), now) >= 0) {
            // Never two at the same time.
            due.put(
                    upstream.name(),
                    now
                            + Math.max(
                                    settings.every().toNanos(),
                                    settings.timeout().toNanos()));
            threads.execute(() -> ask(upstream, settings.timeout()));
        }
    }

    /** Asks now, and waits so long. */
    void ask(Upstream upstream, Duration timeout) {
        long began = states.now();
        Future<?> asked = threads.submit(() -> probe.ask(providers.of(upstream), upstream));
        try {
            asked.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            states.answersProbe(upstream, began);
        } catch (TimeoutException e) {
            states.failsProbe(upstream);
        } catch (ExecutionException e) {
            judge(upstream, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.cancel(true);
        }
    }

    private void judge(Upstream upstream, ExecutionException failure) {
        switch (failure.getCause()) {
            case GatewayException e -> states.failsProbe(upstream);
            case org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException e -> states.failsProbe(upstream);
            case FaultToleranceException e -> LOG.log(System.Logger.Level.DEBUG, "{0} was not asked", upstream);
            case null, default -> LOG.log(System.Logger.Level.WARNING, "Asking " + upstream + " failed", failure);
        }
    }

    @PreDestroy
    public void close() {
        clock.interrupt();
        threads.shutdownNow();
    }
}
