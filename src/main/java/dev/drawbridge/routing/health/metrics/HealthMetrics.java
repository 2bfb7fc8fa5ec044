package dev.drawbridge.routing.health.metrics;

import dev.drawbridge.routing.health.TargetReport;
import dev.drawbridge.routing.health.TargetStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Gauges of each target and upstream under {@code /metrics}. Only this class knows MicroProfile Metrics, and nobody
 * knows this class: a server without it leaves it out.
 */
@Singleton
public class HealthMetrics implements TargetStates.Watcher {
    private static final String STATE = "drawbridge_target_state";
    private static final String IN_FLIGHT = "drawbridge_target_in_flight";
    private static final String LATENCY = "drawbridge_target_latency_seconds";
    private static final List<String> STATES = List.of("closed", "half-open", "open", "held");

    private final Instance<MetricRegistry> registry;
    private final TargetStates states;

    @Inject
    public HealthMetrics(Instance<MetricRegistry> registry, TargetStates states) {
        this.registry = registry;
        this.states = states;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (registry.isResolvable()) {
            states.watch(this);
        }
    }

    @Override
    public void upstream(String name) {
        Tag upstream = new Tag("upstream", name);
        registry.get().gauge("drawbridge_upstream_in_flight", () -> states.inFlight(name), upstream);
        registry.get().gauge("drawbridge_upstream_queue", () -> states.waiting(name), upstream);
    }

    @Override
    public void appeared(String upstream, String model) {
        gauge(STATE, upstream, model, report -> STATES.indexOf(report.state()));
        gauge(IN_FLIGHT, upstream, model, TargetReport::inFlight);
        gauge(LATENCY, upstream, model, report -> report.latencyMillis().orElse(0) / 1000);
    }

    private void gauge(String name, String upstream, String model, ToDoubleFunction<TargetReport> value) {
        registry.get()
                .gauge(
                        id(name, upstream, model),
                        () -> states.report(upstream, model)
                                .map(value::applyAsDouble)
                                .orElse(0.0));
    }

    @Override
    public void forgotten(String upstream, String model) {
        for (String name : List.of(STATE, IN_FLIGHT, LATENCY)) {
            boolean unused = registry.get().remove(id(name, upstream, model));
        }
    }

    private static MetricID id(String name, String upstream, String model) {
        return new MetricID(name, new Tag("upstream", upstream), new Tag("model", model));
    }
}
