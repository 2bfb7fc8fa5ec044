package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;

/**
 * A budget that leaves too little for a call.
 *
 * @param remaining zero or less where it is used up
 */
public record Overdraft(ScopedBudget budget, Span span, BigDecimal remaining) {}
