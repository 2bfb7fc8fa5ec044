package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;

/**
 * How a budget stands.
 *
 * @param span the one that is counted now
 * @param spent by calls that are over
 * @param reserved for calls that are not
 */
public record BudgetState(ScopedBudget budget, Span span, BigDecimal spent, BigDecimal reserved) {
    /** Below zero where calls cost more than was expected. */
    public BigDecimal remaining() {
        return budget.terms().amount().subtract(spent).subtract(reserved);
    }
}
