package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A budget besides those that stand with the entries themselves.
 *
 * @param scope whom it is for: one entry, or all calls together
 * @param softPercent of the amount, from which it is warned; 0 for {@link BudgetTerms#USUAL_SOFT_PERCENT}
 * @param models globs of models that it is for; empty for all
 */
public record Budget(
        String name,
        Scope scope,
        BigDecimal amount,
        String currency,
        Period period,
        int softPercent,
        List<String> models) {

    /** @throws IllegalArgumentException when it makes no sense; the message says why */
    public Budget {
        Ruled.check(models, Map.of());
        softPercent = new BudgetTerms(amount, currency, period, softPercent).softPercent();
    }

    public BudgetTerms terms() {
        return new BudgetTerms(amount, currency, period, softPercent);
    }
}
