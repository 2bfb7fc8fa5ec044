package dev.drawbridge.governance.permit;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.BudgetClaim;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.limit.LimitClaim;
import dev.drawbridge.governance.limit.Load;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets calls in, or not. Thread-safe; it blocks only for budgets that are new to this process, or of which other nodes
 * hold what is left.
 */
@Singleton
public class Governor {
    private final Counters counters;
    private final BudgetBook budgets;
    private final Supplier<Rules> rules;
    private final Clock clock;

    @Inject
    Governor(Upkeep upkeep, LiveConfig config) {
        this(
                upkeep.counters(),
                upkeep.budgets(),
                () -> Rules.of(config.current().governance().budgets()),
                Clock.systemUTC());
    }

    public Governor(Counters counters, BudgetBook budgets, Supplier<Rules> rules, Clock clock) {
        this.counters = counters;
        this.budgets = budgets;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Takes what a call may use, of all that is laid down for it or of nothing.
     *
     * @param asked the model as the client calls it
     * @param began when the call did; since then it may have waited for others who have a say
     * @throws GatewayException {@code RATE_LIMITED} with the time to wait; {@code QUOTA_EXHAUSTED}
     */
    public Permit admit(Chain chain, String asked, Demand demand, Instant began) {
        List<ScopedBudget> applying = applying(chain.budgets(), demand.model(), asked);
        if (chain.limits().isEmpty() && applying.isEmpty()) {
            return Permit.FREE;
        }
        LimitClaim limits = counters.claim(chain.limits());
        BudgetClaim purses = budgets.claim(applying, began, rules.get().zone());
        Entry entry = new Entry(limits, purses);
        if (!entry.takesRoughly(priced(purses, demand, demand.inputBound()))) {
            entry.take(priced(purses, demand, demand.input()));
        }
        return new Grant(limits, purses);
    }

    /** How the budgets stand that calls have used. */
    public List<BudgetState> states() {
        return budgets.states(clock.instant(), rules.get().zone());
    }

    /** How one stands; asks the ledger where no call has used it yet. */
    public BudgetState state(ScopedBudget budget) {
        return budgets.state(budget, clock.instant(), rules.get().zone());
    }

    /** The costs of old calls have changed: budgets are compared with the ledger soon. */
    public void doubt() {
        budgets.doubt();
    }

    private static List<ScopedBudget> applying(List<ScopedBudget> all, String id, String asked) {
        for (ScopedBudget one : all) {
            if (!one.models().isEmpty()) {
                return all.stream()
                        .filter(budget -> ModelAccess.covers(budget.models(), id, asked))
                        .toList();
            }
        }
        return all;
    }

    private Load priced(BudgetClaim purses, Demand demand, long input) {
        Load load = new Load(input, demand.output(), demand.outputBounded());
        Optional<String> unknown = purses.price(demand, load.input(), load.output(), load.bounded());
        if (unknown.isPresent() && rules.get().refuseUnknownPrice()) {
            throw Refusals.price(demand.model(), unknown.get());
        }
        return load;
    }
}
