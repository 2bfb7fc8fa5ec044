package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;

/** What has been spent already, as the ledger knows it. */
@FunctionalInterface
public interface Spending {
    /** Nothing is known of earlier times. */
    Spending NONE = (budget, span) -> BigDecimal.ZERO;

    /**
     * What the calls that the budget is for cost, of those that began within the span. It may block, and waits until
     * what an earlier process left behind is in the ledger.
     *
     * @return in the budget's currency
     * @throws RuntimeException when it cannot be known now
     */
    BigDecimal spent(ScopedBudget budget, Span span);
}
