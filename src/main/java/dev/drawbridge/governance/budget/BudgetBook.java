package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The budgets, each known from its first call on. Thread-safe. */
public final class BudgetBook {
    private static final System.Logger LOG = System.getLogger(BudgetBook.class.getName());

    /** How long a first call waits for the ledger. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ConcurrentHashMap<String, Purse> purses = new ConcurrentHashMap<>();
    private final Spending spending;
    private final Consumer<BudgetNotice> listener;
    private final Map<String, Kept> kept;

    /**
     * @param kept what an earlier process knew, by id
     * @param listener hears of budgets that come to a mark; it does not block
     */
    public BudgetBook(Spending spending, Map<String, Kept> kept, Consumer<BudgetNotice> listener) {
        this.spending = spending;
        this.kept = Map.copyOf(kept);
        this.listener = listener;
    }

    /**
     * What one call wants of these budgets. Blocks shortly when one of them is not known yet.
     *
     * @param moment when the call began
     */
    public BudgetClaim claim(List<ScopedBudget> budgets, Instant moment, ZoneId zone) {
        return new BudgetClaim(
                listener,
                budgets.stream().map(budget -> part(budget, moment, zone)).toArray(BudgetClaim.Part[]::new));
    }

    /** How a budget stands, also one that no call has used yet. */
    public BudgetState state(ScopedBudget budget, Instant moment, ZoneId zone) {
        BudgetClaim.Part part = part(budget, moment, zone);
        return locked(part.purse, () -> part.page.state(budget));
    }

    /** How those stand that calls have used. */
    public List<BudgetState> states(Instant moment, ZoneId zone) {
        return purses.values().stream()
                .map(purse -> state(purse.budget, moment, zone))
                .toList();
    }

    /** What the next process is to know if it cannot ask the ledger. */
    public Map<String, Kept> kept() {
        Map<String, Kept> now = new HashMap<>();
        purses.forEach((id, purse) -> {
            Page page = purse.page();
            if (page != null) {
                now.put(id, locked(purse, () -> Kept.of(page, purse.budget.terms())));
            }
        });
        return now;
    }

    /** Asks the ledger again: for what could not be known before, and for what others have spent meanwhile. Blocks. */
    public void refresh() {
        for (Purse purse : purses.values()) {
            Page page = purse.page();
            if (page != null && page.unsure && !load(purse, page)) {
                return;
            }
        }
    }

    /** Forgets budgets whose span is over, as it will begin with nothing spent. */
    public void sweep(Instant moment) {
        purses.keySet()
                .forEach(id -> purses.computeIfPresent(id, (same, purse) -> purse.retire(moment) ? null : purse));
    }

    private BudgetClaim.Part part(ScopedBudget budget, Instant moment, ZoneId zone) {
        while (true) {
            Purse known = purses.get(budget.id());
            Purse purse = known == null ? purses.computeIfAbsent(budget.id(), id -> new Purse(budget)) : known;
            Page page = purse.page(budget, moment, zone, this::open);
            if (page != null) {
                await(page);
                return new BudgetClaim.Part(budget, purse, page);
            }
            Thread.onSpinWait();
        }
    }

    private static void await(Page page) {
        try {
            if (page.ready.getCount() > 0 && !page.ready.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Nobody else waits for it; when it comes after all, it counts.
                page.ready.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Page open(Purse purse, Instant moment, ZoneId zone) {
        ScopedBudget budget = purse.budget;
        Page page = new Page(budget.terms(), moment, zone, false);
        Optional.ofNullable(kept.get(budget.id())).ifPresent(known -> known.into(page, budget.terms()));
        Thread.ofVirtual().name("drawbridge-budget").start(() -> load(purse, page));
        return page;
    }

    private boolean load(Purse purse, Page page) {
        try {
            page.unsure = false;
            BigDecimal spent = spending.spent(purse.budget, page.span);
            // What was settled here meanwhile may not be there yet; what others have spent is not here.
            locked(purse, () -> page.spent = page.spent.max(spent));
            return true;
        } catch (RuntimeException e) {
            page.unsure = true;
            LOG.log(System.Logger.Level.WARNING, "What was spent of a budget cannot be read: {0}", e.toString());
            return false;
        } finally {
            page.ready.countDown();
        }
    }

    private static <T> T locked(Purse purse, Supplier<T> work) {
        purse.lock.lock();
        try {
            return work.get();
        } finally {
            purse.lock.unlock();
        }
    }
}
