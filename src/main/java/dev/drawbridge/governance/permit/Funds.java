package dev.drawbridge.governance.permit;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.governance.budget.Leases;
import dev.drawbridge.governance.budget.Spending;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What budgets start from, and who else spends of them. */
@Singleton
class Funds {
    private final Instance<Spending> spending;
    private final Instance<Leases> leases;
    private final Cluster cluster;

    @Inject
    Funds(Instance<Spending> spending, Instance<Leases> leases, Cluster cluster) {
        this.spending = spending;
        this.leases = leases;
        this.cluster = cluster;
    }

    Spending spending() {
        return spending.isUnsatisfied() ? Spending.NONE : spending.get();
    }

    Leases leases() {
        return leases.isUnsatisfied() ? Leases.ALONE : leases.get();
    }

    /** Runs when calls wait on another node for what this one may have; it must be quick. */
    void onWanted(Runnable listener) {
        cluster.subscribe(Leases.TOPIC, listener);
    }
}
