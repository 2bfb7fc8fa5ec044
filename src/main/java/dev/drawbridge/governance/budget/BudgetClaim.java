package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one call wants of its budgets, and then has set aside of them. Between {@link #lock} and {@link #unlock} nobody
 * else takes any of them. Settled or released once, by whoever owns it.
 */
public final class BudgetClaim {
    /** How many calls of this price must fit for it not to matter that its prompt has not been counted. */
    private static final BigDecimal AMPLE = BigDecimal.valueOf(8);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Consumer<BudgetNotice> listener;
    private final Part[] parts;
    private final Part[] inOrder;

    /** Of one budget. */
    static final class Part {
        final ScopedBudget budget;
        final Purse purse;
        final Page page;
        /** With the whole answer. */
        BigDecimal full = BigDecimal.ZERO;
        /** With what is sure of the answer. */
        BigDecimal sure = BigDecimal.ZERO;

        BigDecimal taken = BigDecimal.ZERO;
        /** By others, when it was taken. */
        BigDecimal used = BigDecimal.ZERO;

        Part(ScopedBudget budget, Purse purse, Page page) {
            this.budget = budget;
            this.purse = purse;
            this.page = page;
        }

        BudgetTerms terms() {
            return budget.terms();
        }

        BigDecimal remaining() {
            return page.remaining(terms());
        }
    }

    BudgetClaim(Consumer<BudgetNotice> listener, Part[] parts) {
        this.listener = listener;
        this.parts = parts;
        this.inOrder = parts.clone();
        if (parts.length > 1) {
            Arrays.sort(inOrder, Comparator.comparingLong(part -> part.purse.number));
        }
    }

    /**
     * Asks what the call costs; a price that is not known is none.
     *
     * @param bounded whether no more than {@code output} can come
     * @return a currency in which the price is not known
     */
    public Optional<String> price(Quote quote, long input, long output, boolean bounded) {
        Optional<String> unknown = Optional.empty();
        for (Part part : parts) {
            String currency = part.terms().currency();
            Optional<BigDecimal> full = quote.cost(currency, input, output);
            if (full.isEmpty()) {
                unknown = Optional.of(currency);
            }
            part.full = full.orElse(BigDecimal.ZERO);
            part.sure = bounded ? part.full : quote.cost(currency, input, 0).orElse(BigDecimal.ZERO);
        }
        return unknown;
    }

    public void lock() {
        for (Part part : inOrder) {
            part.purse.lock.lock();
        }
    }

    public void unlock() {
        for (Part part : inOrder) {
            part.purse.lock.unlock();
        }
    }

    /** The first budget that leaves too little. */
    public Optional<Overdraft> overdraft() {
        return first(part -> part.remaining().compareTo(part.sure) < 0 || isUsedUp(part));
    }

    /** The first budget that leaves nothing at all to a call that costs something. */
    public Optional<Overdraft> usedUp() {
        return first(BudgetClaim::isUsedUp);
    }

    private static boolean isUsedUp(Part part) {
        return part.full.signum() > 0 && part.remaining().signum() <= 0;
    }

    private Optional<Overdraft> first(Predicate<Part> tooLittle) {
        for (Part part : parts) {
            if (tooLittle.test(part)) {
                return Optional.of(new Overdraft(part.budget, part.page.span, part.remaining()));
            }
        }
        return Optional.empty();
    }

    /** Whether there is so much left that a prompt that is only thought to be so long takes nothing from others. */
    public boolean ample() {
        for (Part part : parts) {
            if (part.full.signum() > 0 && part.full.multiply(AMPLE).compareTo(part.remaining()) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Sets it aside: of an answer of unknown length no more than there is. */
    public void take() {
        for (Part part : parts) {
            part.taken = part.full.min(part.remaining()).max(part.sure);
            part.used = part.page.spent.add(part.page.reserved);
            part.page.reserved = part.page.reserved.add(part.taken);
            part.page.unsure = true;
        }
    }

    /** @param cost in a currency, or empty where it is not known: then nothing is counted */
    public void settle(Function<String, Optional<BigDecimal>> cost) {
        for (Part part : parts) {
            BigDecimal real = cost.apply(part.terms().currency()).orElse(BigDecimal.ZERO);
            Optional<BudgetNotice> notice;
            part.purse.lock.lock();
            try {
                part.page.reserved = part.page.reserved.subtract(part.taken);
                part.page.spent = part.page.spent.add(real);
                notice = reached(part);
            } finally {
                part.purse.lock.unlock();
            }
            notice.ifPresent(listener);
        }
    }

    /** Gives back what was set aside. */
    public void release() {
        settle(currency -> Optional.empty());
    }

    private static Optional<BudgetNotice> reached(Part part) {
        BigDecimal spent = part.page.spent;
        if (spent.compareTo(soft(part.terms())) < 0) {
            return Optional.empty();
        }
        Mark mark = spent.compareTo(part.terms().amount()) < 0 ? Mark.SOFT : Mark.HARD;
        return part.page.tell(mark, part.terms())
                ? Optional.of(new BudgetNotice(
                        part.budget.id(), part.budget.scope(), mark, part.terms(), part.page.span, spent))
                : Optional.empty();
    }

    private static BigDecimal soft(BudgetTerms terms) {
        return terms.amount().multiply(BigDecimal.valueOf(terms.softPercent())).movePointLeft(2);
    }

    /** Of the first budget past its soft limit when the call was let in, such as {@code 85% of team/research per month}. */
    public Optional<String> warning() {
        for (Part part : parts) {
            if (part.terms().amount().signum() > 0 && part.used.compareTo(soft(part.terms())) >= 0) {
                BigDecimal percent =
                        part.used.multiply(HUNDRED).divide(part.terms().amount(), 0, RoundingMode.DOWN);
                return Optional.of(percent.toPlainString() + "% of " + part.budget.scope() + " per "
                        + part.terms().period().word());
            }
        }
        return Optional.empty();
    }
}
