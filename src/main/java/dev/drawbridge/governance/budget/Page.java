package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a budget in one span of time. Calls that began in it are settled in it, also when the next one has
 * begun. What changes is guarded by the lock of its purse.
 */
final class Page {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    final Period period;
    final String currency;
    final ZoneId zone;
    final Span span;

    /** Opened when it is known what was spent before, or that this cannot be known for now. */
    final CountDownLatch ready;

    BigDecimal spent = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;

    /** Of what is spent, what this process has counted itself; it only grows. */
    BigDecimal settled = BigDecimal.ZERO;

    /** What of that was in the ledger for sure when it was last asked. */
    BigDecimal recorded = BigDecimal.ZERO;

    /** Whether all was, once. */
    boolean confirmed;

    /** What may be spent and reserved together; null where the budget's amount alone says so. */
    @Nullable
    BigDecimal allowance;

    /** What other nodes know of: beyond what the ledger has, this process spends no more. */
    BigDecimal held = BigDecimal.ZERO;

    /** What was free after the last renewal. */
    BigDecimal granted = BigDecimal.ZERO;

    /** What calls wait for at the moment. */
    BigDecimal wanted = BigDecimal.ZERO;

    /** Whether other nodes see that calls wait here. */
    boolean asking;

    /** Whether there have been calls since the last look, and how often there were none. */
    boolean touched;

    int idle;

    /** How often what was held became void. */
    int lapses;

    long dryUntil = System.nanoTime();

    /** The one that runs. */
    @Nullable
    CompletableFuture<@Nullable Void> renewal;

    /** Whether the ledger should be asked: its figure is missing, or others may have spent since. */
    volatile boolean unsure;

    /** When to look again whatever is known: calls that ran when the budget was laid down end one by one. */
    private volatile long lookAt;

    private Duration pause = FIRST_PAUSE;

    private final Map<Mark, BudgetTerms> told = new EnumMap<>(Mark.class);

    Page(BudgetTerms terms, Instant moment, ZoneId zone, boolean fresh) {
        this.period = terms.period();
        this.currency = terms.currency();
        this.zone = zone;
        this.span = period.at(moment, zone);
        this.ready = new CountDownLatch(fresh ? 0 : 1);
        this.unsure = !fresh;
        this.lookAt = System.nanoTime() + FIRST_PAUSE.toNanos();
    }

    boolean isFor(BudgetTerms terms, ZoneId wanted) {
        return period == terms.period() && currency.equals(terms.currency()) && zone.equals(wanted);
    }

    boolean holds(Instant moment) {
        return !moment.isBefore(span.start()) && moment.isBefore(span.end());
    }

    /** What calls may take now. */
    BigDecimal remaining(BudgetTerms terms) {
        BigDecimal most = allowance == null ? terms.amount() : terms.amount().min(allowance);
        return most.subtract(spent).subtract(reserved);
    }

    /** What this process may still take without asking anybody; nothing where it must not ask. */
    BigDecimal headroom() {
        return allowance == null
                ? BigDecimal.ZERO
                : allowance.subtract(spent).subtract(reserved).max(BigDecimal.ZERO);
    }

    /** Whether nothing has been heard of the ledger yet. */
    boolean isNew() {
        return ready.getCount() > 0;
    }

    /** Whether it was asked a moment ago, and there was too little. */
    boolean isDry() {
        return System.nanoTime() - dryUntil < 0;
    }

    /** Whether the ledger should be asked. */
    boolean isDue() {
        return unsure || System.nanoTime() - lookAt > 0;
    }

    /** The ledger has been asked; each time it is trusted for twice as long, up to an hour. */
    void looked() {
        lookAt = System.nanoTime() + pause.toNanos();
        Duration next = pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
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
