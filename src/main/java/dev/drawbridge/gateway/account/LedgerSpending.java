package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.permit.ModelAccess;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period.Span;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.Money;
import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.Ledger;
import dev.drawbridge.usage.ledger.UsageQueries;
import dev.drawbridge.usage.price.Rates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** What was spent, by the ledger. Amounts in other currencies are exchanged at the rate of now, or left out without one. */
@Singleton
public class LedgerSpending implements Spending {
    private final Ledger ledger;
    private final UsageQueries queries;
    private final Rates rates;

    @Inject
    public LedgerSpending(Ledger ledger, UsageQueries queries, Rates rates) {
        this.ledger = ledger;
        this.queries = queries;
        this.rates = rates;
    }

    @Override
    public BigDecimal spent(ScopedBudget budget, Span span) {
        // What an earlier process left behind goes first.
        if (!ledger.flush()) {
            throw new IllegalStateException("the ledger is not up to date");
        }
        Instant now = Instant.now();
        BigDecimal sum = BigDecimal.ZERO;
        for (var model : queries.spent(
                        by(budget.scope()), span.start(), span.end().isAfter(now) ? now : span.end())
                .entrySet()) {
            if (budget.models().isEmpty() || ModelAccess.matches(budget.models(), model.getKey())) {
                for (var cost : model.getValue().entrySet()) {
                    sum = sum.add(rates.convert(
                                    new Money(cost.getValue(), cost.getKey()),
                                    budget.terms().currency(),
                                    now)
                            .orElse(BigDecimal.ZERO));
                }
            }
        }
        return sum;
    }

    private static Map<Grouping, String> by(Scope scope) {
        return scope.level() == Level.ALL
                ? Map.of()
                : Map.of(Grouping.valueOf(scope.level().name()), scope.id());
    }
}
