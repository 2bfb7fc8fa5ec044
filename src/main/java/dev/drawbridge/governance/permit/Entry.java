package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.budget.BudgetClaim;
import dev.drawbridge.governance.budget.Overdraft;
import dev.drawbridge.governance.limit.LimitClaim;
import dev.drawbridge.governance.limit.Load;
import dev.drawbridge.governance.limit.Shortage;
import java.util.Optional;
import java.util.function.Supplier;

/** One call that wants in: it takes of all its limits and budgets at once, or of none. */
record Entry(LimitClaim limits, BudgetClaim purses) {
    private record Verdict(boolean taken, Optional<Shortage> shortage, Optional<Overdraft> overdraft) {}

    /**
     * Takes it if there is so much of everything that the prompt's tokens need not be counted, which takes longer than
     * all else here. Refuses it if these make no difference: if it had to wait longest for something else even if there
     * were as many as the bound says.
     *
     * @return whether it is taken; otherwise it depends on their number
     */
    boolean takesRoughly(Load load) {
        Verdict verdict = locked(() -> limits.ample(load) && purses.ample()
                ? verdict(load, limits.shortage(load), purses.usedUp())
                : new Verdict(false, limits.shortage(load).filter(Shortage::isCertain), purses.usedUp()));
        refuse(verdict);
        return verdict.taken();
    }

    /** Takes it, if need be of what other nodes hold: then it waits for them. */
    void take(Load load) {
        Verdict verdict = tried(load);
        while (verdict.overdraft().isPresent() && purses.refill()) {
            verdict = tried(load);
        }
        refuse(verdict);
    }

    private Verdict tried(Load load) {
        return locked(() -> verdict(load, limits.shortage(load), purses.overdraft()));
    }

    private Verdict verdict(Load load, Optional<Shortage> shortage, Optional<Overdraft> overdraft) {
        boolean free = shortage.isEmpty() && overdraft.isEmpty();
        if (free) {
            limits.take(load);
            purses.take();
        }
        return new Verdict(free, shortage, overdraft);
    }

    private Verdict locked(Supplier<Verdict> work) {
        limits.lock();
        purses.lock();
        try {
            return work.get();
        } finally {
            purses.unlock();
            limits.unlock();
        }
    }

    /** A budget tells more than a limit: waiting does not help. */
    private void refuse(Verdict verdict) {
        if (verdict.overdraft().isPresent()) {
            throw Refusals.budget(verdict.overdraft().get(), limits.headers());
        }
        if (verdict.shortage().isPresent()) {
            throw Refusals.limit(verdict.shortage().get(), limits.headers());
        }
    }
}
