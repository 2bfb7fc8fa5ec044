package dev.drawbridge.runtime;

import dev.drawbridge.registry.Registry;
import dev.drawbridge.store.Database;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** How database and ledger are: told to people and to whoever watches, but no reason to take a gateway out. */
@Singleton
public class Storage {
    private final Database database;
    private final Registry registry;
    private final Ledger ledger;

    @Inject
    public Storage(Database database, Registry registry, Ledger ledger) {
        this.database = database;
        this.registry = registry;
        this.ledger = ledger;
    }

    /** Whether keys are known, be it from the last snapshot. */
    boolean isKnown() {
        return registry.isLoaded();
    }

    HealthCheckResponseBuilder tell(HealthCheckResponseBuilder response) {
        Ledger.State state = ledger.state();
        return response.withData("database", database.isUp() ? "up" : "down")
                .withData("organisation", registry.isCurrent() ? "current" : "as last known")
                .withData("journal", state.writable() ? "up" : "down")
                .withData("records-moved", state.level())
                .withData("records-lost", state.lost());
    }
}
