package dev.drawbridge.gateway.account;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.permit.ModelAccess;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period.Span;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.Money;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Route;
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
    private final LiveConfig config;
    private final Models models;

    @Inject
    public LedgerSpending(Ledger ledger, UsageQueries queries, Rates rates, LiveConfig config, Models models) {
        this.ledger = ledger;
        this.queries = queries;
        this.rates = rates;
        this.config = config;
        this.models = models;
    }

    @Override
    public Records flush() {
        if (!config.current().money().ledger().enabled()) {
            return Records.NONE;
        }
        // What an earlier process left behind goes first.
        return ledger.flush() ? Records.ALL : Records.LATE;
    }

    @Override
    public BigDecimal spent(ScopedBudget budget, Span span) {
        Instant now = Instant.now();
        BigDecimal sum = BigDecimal.ZERO;
        // To the end of the span: the clocks of other nodes may be ahead, and whole hours have their sums.
        for (var model :
                queries.spent(by(budget.scope()), span.start(), span.end()).entrySet()) {
            if (ModelAccess.covers(budget.models(), id(model.getKey()), model.getKey())) {
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

    private String id(String asked) {
        return models.current().lookup(asked).map(Route::id).orElse(asked);
    }

    private static Map<Grouping, String> by(Scope scope) {
        return scope.level() == Level.ALL
                ? Map.of()
                : Map.of(Grouping.valueOf(scope.level().name()), scope.id());
    }
}
