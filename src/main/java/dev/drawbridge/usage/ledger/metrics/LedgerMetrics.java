package dev.drawbridge.usage.ledger.metrics;

import dev.drawbridge.usage.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Whether records reach the disk and the database, and what waits or was lost. */
@Singleton
public class LedgerMetrics {
    private final Instance<MetricRegistry> registry;
    private final Ledger ledger;

    @Inject
    public LedgerMetrics(Instance<MetricRegistry> registry, Ledger ledger) {
        this.registry = registry;
        this.ledger = ledger;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (registry.isResolvable()) {
            gauge("drawbridge_ledger_writable", state -> state.writable() ? 1 : 0);
            gauge("drawbridge_ledger_database_reachable", state -> state.reachable() ? 1 : 0);
            gauge("drawbridge_ledger_level", state -> state.level() ? 1 : 0);
            gauge("drawbridge_ledger_waiting", Ledger.State::waiting);
            gauge("drawbridge_ledger_lost", Ledger.State::lost);
            gauge("drawbridge_ledger_moved", Ledger.State::moved);
            gauge("drawbridge_ledger_damaged", Ledger.State::damaged);
        }
    }

    private void gauge(String name, ToDoubleFunction<Ledger.State> value) {
        registry.get().gauge(name, () -> value.applyAsDouble(ledger.state()));
    }
}
