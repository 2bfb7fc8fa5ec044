package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
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
    private static final Quote.Most NOTHING = new Quote.Most(BigDecimal.ZERO, true);

    /** How long a call waits for what others hold. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<BudgetNotice> listener;
    private final Renewals renewals;
    private final Part[] parts;
    private final Part[] inOrder;
    private long end;

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
        /** Whether more was asked for, as far as that made sense. */
        boolean asked;

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

        /** What is not spent or set aside as far as is known, whether this process may take it or not. */
        BigDecimal left() {
            return terms().amount().subtract(page.spent).subtract(page.reserved);
        }

        /** Whether nothing at all is left to a call that costs something. */
        boolean isUsedUp() {
            return full.signum() > 0 && remaining().signum() <= 0;
        }

        /** A call that costs nothing takes nothing, also of what is overspent. */
        boolean isEnough() {
            return full.signum() == 0 || (remaining().compareTo(sure) >= 0 && !isUsedUp());
        }

        /** Whether it is enough for the whole answer. */
        boolean isAmple() {
            return full.signum() == 0 || remaining().compareTo(full) >= 0;
        }
    }

    BudgetClaim(Consumer<BudgetNotice> listener, Renewals renewals, Part[] parts) {
        this.listener = listener;
        this.renewals = renewals;
        this.parts = parts;
        this.inOrder = parts.clone();
        if (parts.length > 1) {
            Arrays.sort(inOrder, Comparator.comparingLong(part -> part.purse.number));
        }
    }

    /**
     * Asks what the call costs. Of targets whose price is not known nothing can be set aside, but of the others.
     *
     * @param bounded whether no more than {@code output} can come
     * @return a currency in which not every price is known
     */
    public Optional<String> price(Quote quote, long input, long output, boolean bounded) {
        Optional<String> unknown = Optional.empty();
        String known = "";
        Quote.Most full = NOTHING;
        Quote.Most sure = NOTHING;
        for (Part part : parts) {
            String currency = part.terms().currency();
            // Most often all are in one currency, and to price a call takes longer than all else here.
            if (!currency.equals(known)) {
                known = currency;
                full = quote.cost(currency, input, output);
                sure = bounded ? full : quote.cost(currency, input, 0);
            }
            if (!full.complete()) {
                unknown = Optional.of(currency);
            }
            part.full = full.amount();
            part.sure = sure.amount();
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

    /** The first budget that leaves too little, or less than the whole answer may cost while others may have more. */
    public Optional<Overdraft> overdraft() {
        return first(part -> !((part.asked || part.page.allowance == null) ? part.isEnough() : part.isAmple()));
    }

    /** The first budget that leaves nothing at all to a call that costs something. */
    public Optional<Overdraft> usedUp() {
        return first(part -> part.isUsedUp() && (part.page.allowance == null || part.page.isDry()));
    }

    /**
     * Gets hold of what is lacking, if other nodes have it; blocks up to a few seconds, not to be called with the lock.
     *
     * @return whether it may be enough now
     */
    public boolean refill() {
        end = end == 0 ? System.nanoTime() + PATIENCE.toNanos() : end;
        for (Part part : parts) {
            if (!renewals.fill(part, end)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Overdraft> first(Predicate<Part> tooLittle) {
        for (Part part : parts) {
            if (tooLittle.test(part)) {
                return Optional.of(new Overdraft(part.budget, part.page.span, part.left()));
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
            renewals.used(part.page);
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
                part.page.settled = part.page.settled.add(real);
                renewals.used(part.page);
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
