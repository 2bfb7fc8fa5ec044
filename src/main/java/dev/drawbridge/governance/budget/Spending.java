package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;

/** What has been spent already, as the ledger knows it. */
@FunctionalInterface
public interface Spending {
    /** Nothing is known of earlier times. */
    Spending NONE = (budget, span) -> BigDecimal.ZERO;

    /** What the ledger has of all that this process has settled, and an earlier one left behind. */
    enum Records {
        ALL,
        /** Not all yet. */
        LATE,
        /** No ledger is kept. */
        NONE
    }

    /** Waits, for some seconds at most, until all is in the ledger. */
    default Records flush() {
        return Records.NONE;
    }

    /**
     * What the calls that the budget is for cost, of those that began within the span and are in the ledger. It may
     * block.
     *
     * @return in the budget's currency
     * @throws RuntimeException when it cannot be known now
     */
    BigDecimal spent(ScopedBudget budget, Span span);
}
