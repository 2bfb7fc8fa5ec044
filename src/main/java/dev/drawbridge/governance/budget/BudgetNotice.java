package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Period.Span;
import dev.drawbridge.governance.rule.Scope;
import java.math.BigDecimal;

/**
 * A budget has come to a mark: once for each mark, span and terms, by each process. A CDI event.
 *
 * @param spent until now
 */
public record BudgetNotice(String budget, Scope scope, Mark mark, BudgetTerms terms, Span span, BigDecimal spent) {
    /** How far it has come. */
    public enum Mark {
        /** The soft limit: callers are warned. */
        SOFT,
        /** The amount itself: calls are refused. */
        HARD
    }
}
