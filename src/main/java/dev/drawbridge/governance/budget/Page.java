package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * What is counted of a budget in one span of time. Calls that began in it are settled in it, also when the next one has
 * begun. What changes is guarded by the lock of its purse.
 */
final class Page {
    final Period period;
    final String currency;
    final ZoneId zone;
    final Span span;

    /** Opened when it is known what was spent before, or that this cannot be known for now. */
    final CountDownLatch ready;

    BigDecimal spent = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;

    /** Whether the ledger should be asked: its figure is missing, or there have been calls since. */
    volatile boolean unsure;

    private final Map<Mark, BudgetTerms> told = new EnumMap<>(Mark.class);

    Page(BudgetTerms terms, Instant moment, ZoneId zone, boolean fresh) {
        this.period = terms.period();
        this.currency = terms.currency();
        this.zone = zone;
        this.span = period.at(moment, zone);
        this.ready = new CountDownLatch(fresh ? 0 : 1);
        this.unsure = !fresh;
    }

    boolean isFor(BudgetTerms terms, ZoneId wanted) {
        return period == terms.period() && currency.equals(terms.currency()) && zone.equals(wanted);
    }

    boolean holds(Instant moment) {
        return !moment.isBefore(span.start()) && moment.isBefore(span.end());
    }

    BigDecimal remaining(BudgetTerms terms) {
        return terms.amount().subtract(spent).subtract(reserved);
    }

    /** Whether it has been told for these terms that the mark was reached; from now on it has. */
    boolean tell(Mark mark, BudgetTerms terms) {
        return !terms.equals(told.put(mark, terms));
    }

    boolean hasTold(Mark mark, BudgetTerms terms) {
        return terms.equals(told.get(mark));
    }

    BudgetState state(ScopedBudget budget) {
        return new BudgetState(budget, span, spent, reserved);
    }
}
