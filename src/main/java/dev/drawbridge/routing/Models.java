package dev.drawbridge.routing;

import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Upstream;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The model table in force: made anew when the configuration or an upstream's own list has changed. */
@Singleton
public class Models {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PERIOD_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 500;

    private final LiveConfig config;
    private final Discovery discovery;
    private final Thread refresher =
            Thread.ofPlatform().daemon().name("drawbridge-discovery").unstarted(this::keepFresh);
    private volatile Snapshot snapshot;

    private record Snapshot(long configured, long discovered, TargetFactory factory, ModelTable table) {}

    @Inject
    public Models(LiveConfig config, Discovery discovery) {
        this.config = config;
        this.discovery = discovery;
        this.snapshot = compile(Optional.empty());
    }

    /** Asks the upstreams for their models, and again from time to time. */
    public void start() {
        discover();
        refresher.start();
    }

    /** Asks the upstreams for their models now, for somebody has changed them; waits for their answers a little. */
    public void refresh() {
        renewed();
        discover();
    }

    public ModelTable current() {
        Snapshot now = snapshot;
        return fresh(now) ? now.table() : renewed();
    }

    private boolean fresh(Snapshot now) {
        return now.configured() == config.version() && now.discovered() == discovery.version();
    }

    private synchronized ModelTable renewed() {
        Snapshot now = snapshot;
        if (!fresh(now)) {
            now = compile(Optional.of(now));
            snapshot = now;
        }
        return now.table();
    }

    private Snapshot compile(Optional<Snapshot> before) {
        // Versions first: what changes meanwhile makes the snapshot stale, and it is compiled again.
        long configured = config.version();
        long discovered = discovery.version();
        DrawbridgeConfig current = config.current();
        TargetFactory factory = before.filter(last -> last.configured() == configured)
                .map(Snapshot::factory)
                .orElseGet(() -> new TargetFactory(current));
        ModelTable table = new ModelTable(factory);
        current.models().forEach(model -> table.add(factory.route(model)));
        for (Upstream upstream : factory.upstreams()) {
            if (factory.isOpen(upstream)) {
                List<DiscoveredModel> models = discovery.of(upstream).orElseGet(() -> factory.fromCatalog(upstream));
                models.forEach(model -> table.add(factory.route(upstream, model)));
            }
        }
        return new Snapshot(configured, discovered, factory, table);
    }

    private void discover() {
        Snapshot now = snapshot;
        discovery.refresh(
                now.factory().upstreams().stream()
                        .filter(upstream -> now.factory().isOpen(upstream)
                                && upstream.preset().listing())
                        .toList(),
                PATIENCE);
    }

    private void keepFresh() {
        try {
            long waited = 0;
            long asked = snapshot.configured();
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                waited += LOOK_MILLIS;
                boolean changed = asked != config.version();
                if (changed || waited >= PERIOD_MILLIS) {
                    renewed();
                    asked = snapshot.configured();
                    discover();
                    waited = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    public void close() {
        refresher.interrupt();
    }
}
