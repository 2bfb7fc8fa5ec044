package dev.drawbridge.usage.hook.metrics;

import dev.drawbridge.usage.hook.Listeners;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Whether listeners keep up with what they are told. */
@Singleton
public class ListenerMetrics {
    private final Instance<MetricRegistry> registry;
    private final Listeners listeners;

    @Inject
    public ListenerMetrics(Instance<MetricRegistry> registry, Listeners listeners) {
        this.registry = registry;
        this.listeners = listeners;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (registry.isResolvable()) {
            registry.get().gauge("drawbridge_listeners_waiting", listeners::waiting);
            registry.get().gauge("drawbridge_listeners_missed", listeners::missed);
        }
    }
}
