package dev.drawbridge.governance.permit;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.BudgetClaim;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.budget.Overdraft;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.limit.LimitClaim;
import dev.drawbridge.governance.limit.Load;
import dev.drawbridge.governance.limit.Shortage;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets calls in, or not. Thread-safe; it blocks only for budgets that are new to this process. */
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
     * @throws GatewayException {@code RATE_LIMITED} with the time to wait; {@code QUOTA_EXHAUSTED}
     */
    public Permit admit(Chain chain, String asked, Demand demand) {
        List<ScopedBudget> applying = applying(chain.budgets(), demand.model(), asked);
        if (chain.limits().isEmpty() && applying.isEmpty()) {
            return Permit.FREE;
        }
        LimitClaim limits = counters.claim(chain.limits());
        BudgetClaim purses =
                budgets.claim(applying, clock.instant(), rules.get().zone());
        if (!tryRoughly(limits, purses, demand)) {
            take(limits, purses, demand);
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

    private static List<ScopedBudget> applying(List<ScopedBudget> all, String id, String asked) {
        for (ScopedBudget one : all) {
            if (!one.models().isEmpty()) {
                return all.stream()
                        .filter(budget -> budget.models().isEmpty()
                                || Globs.any(budget.models(), id)
                                || Globs.any(budget.models(), asked))
                        .toList();
            }
        }
        return all;
    }

    /**
     * Tries it without counting the prompt's tokens, which takes longer than all else here.
     *
     * @return whether it is taken; otherwise it depends on their number
     */
    private boolean tryRoughly(LimitClaim limits, BudgetClaim purses, Demand demand) {
        Load load = new Load(demand.inputBound(), demand.output(), demand.outputBounded());
        price(purses, demand, load);
        Optional<Shortage> shortage;
        Optional<Overdraft> usedUp;
        limits.lock();
        purses.lock();
        try {
            shortage = limits.shortage(load, false);
            usedUp = purses.usedUp();
            if (shortage.isEmpty() && usedUp.isEmpty() && limits.ample(load) && purses.ample()) {
                limits.take(load);
                purses.take();
                return true;
            }
        } finally {
            purses.unlock();
            limits.unlock();
        }
        refuse(limits, shortage, usedUp);
        return false;
    }

    private void take(LimitClaim limits, BudgetClaim purses, Demand demand) {
        Load load = new Load(demand.input(), demand.output(), demand.outputBounded());
        price(purses, demand, load);
        Optional<Shortage> shortage;
        Optional<Overdraft> overdraft;
        limits.lock();
        purses.lock();
        try {
            shortage = limits.shortage(load, true);
            overdraft = purses.overdraft();
            if (shortage.isEmpty() && overdraft.isEmpty()) {
                limits.take(load);
                purses.take();
            }
        } finally {
            purses.unlock();
            limits.unlock();
        }
        refuse(limits, shortage, overdraft);
    }

    private void price(BudgetClaim purses, Demand demand, Load load) {
        Optional<String> unknown = purses.price(demand::cost, load.input(), load.output(), load.bounded());
        if (unknown.isPresent() && rules.get().refuseUnknownPrice()) {
            throw Refusals.price(demand.model(), unknown.get());
        }
    }

    /** A budget tells more than a limit: waiting does not help. */
    private static void refuse(LimitClaim limits, Optional<Shortage> shortage, Optional<Overdraft> overdraft) {
        if (overdraft.isPresent()) {
            throw Refusals.budget(overdraft.get(), limits.headers());
        }
        if (shortage.isPresent()) {
            throw Refusals.limit(shortage.get(), limits.headers());
        }
    }
}
