package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The budgets, each known from its first call on. Thread-safe. */
public final class BudgetBook {
    /** How long a first call waits for the ledger. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ConcurrentHashMap<String, Purse> purses = new ConcurrentHashMap<>();
    private final Renewals renewals;
    private final Consumer<BudgetNotice> listener;
    private final Map<String, Kept> kept;
    private final Purse.Opening opening = new Purse.Opening() {
        @Override
        public Page open(Purse purse, Instant moment, ZoneId zone) {
            return opened(purse, moment, zone);
        }

        @Override
        public Page turn(Purse purse, Instant moment, ZoneId zone) {
            return renewals.isAlone()
                    ? new Page(purse.budget.terms(), moment, zone, true)
                    : opened(purse, moment, zone);
        }

        @Override
        public void change(Purse purse, Page page) {
            page.unsure = true;
            CompletableFuture<?> ignored = renewals.look(purse, page);
        }
    };

    /**
     * @param kept what an earlier process knew, by id
     * @param listener hears of budgets that come to a mark; it does not block
     */
    public BudgetBook(Spending spending, Leases leases, Map<String, Kept> kept, Consumer<BudgetNotice> listener) {
        this.renewals = new Renewals(spending, leases);
        this.kept = Map.copyOf(kept);
        this.listener = listener;
        leases.onLapse(() -> eachPage((purse, page) -> purse.run(() -> Renewals.lapse(page))));
    }

    /** Of a process that shares its budgets with no other. */
    public BudgetBook(Spending spending, Map<String, Kept> kept, Consumer<BudgetNotice> listener) {
        this(spending, Leases.ALONE, kept, listener);
    }

    /**
     * What one call wants of these budgets. Blocks shortly when one of them is not known yet.
     *
     * @param moment when the call began
     */
    public BudgetClaim claim(List<ScopedBudget> budgets, Instant moment, ZoneId zone) {
        BudgetClaim.Part[] parts = new BudgetClaim.Part[budgets.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(budgets.get(i), moment, zone);
        }
        if (renewals.isForgotten()) {
            for (BudgetClaim.Part part : parts) {
                part.purse.run(() -> Renewals.lapse(part.page));
            }
        }
        return new BudgetClaim(listener, renewals, parts);
    }

    /** How a budget stands, also one that no call has used yet. */
    public BudgetState state(ScopedBudget budget, Instant moment, ZoneId zone) {
        BudgetClaim.Part part = part(budget, moment, zone);
        return part.purse.get(() -> part.page.state(budget));
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
        eachPage((purse, page) -> now.put(purse.budget.id(), purse.get(() -> Kept.of(page, purse.budget.terms()))));
        return now;
    }

    private void eachPage(BiConsumer<Purse, Page> work) {
        purses.values().forEach(purse -> {
            Page page = purse.page();
            if (page != null) {
                work.accept(purse, page);
            }
        });
    }

    /** Asks the ledger again: for what could not be known before, and for what others have spent meanwhile. Blocks. */
    public void refresh() {
        for (Purse purse : purses.values()) {
            Page page = purse.page();
            if (page != null && page.isDue() && !isRenewed(purse, page)) {
                return;
            }
        }
    }

    private boolean isRenewed(Purse purse, Page page) {
        try {
            renewals.look(purse, page).join();
            return true;
        } catch (CompletionException e) {
            // It says so itself.
            return false;
        }
    }

    /** The ledger is not what it was: all figures are to be read again at the next refresh. */
    public void doubt() {
        eachPage((purse, page) -> page.unsure = true);
    }

    /** Shares with other nodes what may be spent. Blocks; to be called each second. */
    public void tend() {
        renewals.tend(purses.values());
    }

    /** Forgets budgets whose span is over, as it will begin with nothing spent. */
    public void sweep(Instant moment) {
        purses.keySet()
                .forEach(id -> purses.computeIfPresent(id, (same, purse) -> purse.retire(moment) ? null : purse));
        renewals.sweep();
    }

    private BudgetClaim.Part part(ScopedBudget budget, Instant moment, ZoneId zone) {
        while (true) {
            Purse known = purses.get(budget.id());
            Purse purse = known == null ? purses.computeIfAbsent(budget.id(), id -> new Purse(budget)) : known;
            Page page = purse.page(budget, moment, zone, opening);
            if (page != null) {
                await(purse, page);
                return new BudgetClaim.Part(budget, purse, page);
            }
            Thread.onSpinWait();
        }
    }

    private void await(Purse purse, Page page) {
        try {
            if (page.ready.getCount() > 0 && !page.ready.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Nobody else waits for it; when it comes after all, it counts.
                purse.run(() -> renewals.goOn(page));
                page.ready.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Page opened(Purse purse, Instant moment, ZoneId zone) {
        ScopedBudget budget = purse.budget;
        Page page = new Page(budget.terms(), moment, zone, false);
        Optional.ofNullable(kept.get(budget.id())).ifPresent(known -> known.into(page, budget.terms()));
        // Until it is known what others hold, nothing may be taken.
        page.allowance = renewals.isAlone() ? null : page.spent;
        CompletableFuture<?> ignored = renewals.look(purse, page);
        return page;
    }
}
