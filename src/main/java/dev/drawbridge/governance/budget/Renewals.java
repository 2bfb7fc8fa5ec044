package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.Renewal.Aim;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps pages in step with the ledger and with the other nodes, one renewal of a page at a time. Thread-safe. */
final class Renewals {
    private static final System.Logger LOG = System.getLogger(Renewals.class.getName());

    /** How long a call waits for the database: less where it has not been heard of lately. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration IMPATIENCE = Duration.ofSeconds(1);

    /** How long after a refusal nothing is asked for again. */
    private static final Duration DRY = Duration.ofSeconds(1);

    private static final int PAUSE_MILLIS = 25;
    private static final int LONGEST_PAUSE_MILLIS = 200;

    /** A few connections are left to those who move records and follow the registry. */
    private static final int AT_ONCE = 4;

    /** Looks without any call until all is given back. */
    private static final int IDLE_ROUNDS = 5;

    private final Spending spending;
    private final Leases leases;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile boolean failing;
    private int nodes = 1;

    Renewals(Spending spending, Leases leases) {
        this.spending = spending;
        this.leases = leases;
    }

    boolean isAlone() {
        return leases.isAlone();
    }

    /**
     * Whether others may have what is held here, as this process stood still for long. Nothing of it is taken then, so that
     * calls come to a renewal, which finds out.
     */
    boolean isForgotten() {
        return leases.isForgotten();
    }

    /** Something has changed on the page. Only if others spend too can the ledger tell more than that. */
    void used(Page page) {
        page.unsure |= !isAlone();
        page.touched = true;
    }

    /** Brings the page up to date; more of the budget may be spent then, if there is more. */
    CompletableFuture<@Nullable Void> look(Purse purse, Page page) {
        return begun(purse, page, Aim.MORE);
    }

    private CompletableFuture<@Nullable Void> begun(Purse purse, Page page, Aim aim) {
        return purse.get(() -> {
            CompletableFuture<@Nullable Void> running = page.renewal;
            if (running == null) {
                running = CompletableFuture.runAsync(
                        () -> work(purse, page, aim),
                        work -> Thread.ofVirtual().name("drawbridge-budget").start(work));
                page.renewal = running;
            }
            return running;
        });
    }

    private void work(Purse purse, Page page, Aim aim) {
        places.acquireUninterruptibly();
        try {
            if (leases.isAlone()) {
                compare(purse, page);
            } else {
                new Renewal(spending, leases, purse, page, aim).run();
            }
            good();
        } catch (RuntimeException e) {
            page.unsure = true;
            bad(e);
            throw e;
        } finally {
            places.release();
            purse.run(() -> page.renewal = null);
            page.ready.countDown();
        }
    }

    /** No call waits longer for a database that seems to be away. */
    void goOn(Page page) {
        if (!leases.isReachable()) {
            page.allowance = null;
        }
    }

    /**
     * With the ledger alone. It has all that was settled before it was made up to date, and perhaps some of what was since:
     * what is counted here is right if it is in between.
     */
    private void compare(Purse purse, Page page) {
        page.unsure = false;
        BigDecimal before = purse.get(() -> page.settled);
        Spending.Records records = spending.flush();
        if (records == Spending.Records.LATE) {
            throw new IllegalStateException("the ledger is not up to date");
        }
        BigDecimal ledger = spending.spent(purse.budget, page.span);
        purse.run(() -> {
            BigDecimal most = ledger.add(page.settled).subtract(before);
            boolean bounded = records == Spending.Records.ALL && !page.isNew();
            BigDecimal spent = bounded ? page.spent.min(most).max(ledger) : page.spent.max(ledger);
            page.unsure |= most.compareTo(ledger) != 0 && spent.compareTo(page.spent) != 0;
            page.spent = spent;
            page.looked();
        });
    }

    private void good() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "What is left of budgets is known again");
        }
    }

    private void bad(Exception reason) {
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "What is left of budgets cannot be known: {0}", reason.toString());
        }
    }

    /**
     * Gets hold of what a part of a call lacks, which takes up to about two seconds when others have it.
     *
     * @param end when nothing more is waited for, of {@link System#nanoTime}
     * @return whether it may be enough now
     */
    boolean fill(BudgetClaim.Part part, long end) {
        part.asked = true;
        for (int i = 0; ; i++) {
            boolean first = i == 0;
            Optional<Boolean> settled = part.purse.get(() -> settled(part, first, end));
            if (settled.isPresent()) {
                return settled.get();
            }
            if ((!first && !slept(i)) || !awaited(part)) {
                return false;
            }
        }
    }

    /** Whether there is enough; empty where it is worth asking for more. */
    private static Optional<Boolean> settled(BudgetClaim.Part part, boolean first, long end) {
        Page page = part.page;
        boolean enough = part.isEnough();
        if (part.isAmple() || page.allowance == null || page.isDry()) {
            return Optional.of(enough);
        }
        if (first) {
            return Optional.empty();
        }
        boolean over = part.left().compareTo(part.sure) < 0 || System.nanoTime() - end > 0;
        if (enough || over) {
            page.dryUntil = System.nanoTime() + DRY.toNanos();
            return Optional.of(enough);
        }
        return Optional.empty();
    }

    private static boolean slept(int round) {
        try {
            Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS * (long) round));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return whether the thread may go on */
    private boolean awaited(BudgetClaim.Part part) {
        Page page = part.page;
        part.purse.run(() -> {
            page.touched = true;
            page.wanted = page.wanted.add(part.full);
        });
        try {
            Duration patience = leases.isReachable() ? PATIENCE : IMPATIENCE;
            look(part.purse, page).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            // It says so itself.
            return true;
        } catch (TimeoutException e) {
            bad(e);
            part.purse.run(() -> goOn(page));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            part.purse.run(() -> page.wanted = page.wanted.subtract(part.full));
        }
    }

    /** Gives back what is not needed here, and gets more where it will be. Blocks; called each second. */
    void tend(Collection<Purse> purses) {
        if (leases.isAlone() || !leases.isReachable()) {
            return;
        }
        boolean more = leases.nodes() > nodes;
        nodes = leases.nodes();
        Set<String> sought = nodes > 1 ? leases.sought() : Set.of();
        for (Purse purse : purses) {
            Page page = purse.page();
            if (page != null) {
                boolean wanted = sought.contains(purse.budget.id());
                purse.get(() -> aim(page, wanted, more)).ifPresent(aim -> finish(purse, page, aim));
            }
        }
    }

    private Optional<Aim> aim(Page page, boolean sought, boolean more) {
        boolean busy = page.touched;
        page.touched = false;
        page.idle = busy ? 0 : page.idle + 1;
        BigDecimal headroom = page.headroom();
        boolean spare = page.held.compareTo(page.reserved) > 0;
        if (page.renewal != null) {
            return Optional.empty();
        } else if (page.allowance == null) {
            return Optional.of(Aim.MORE);
        } else if (sought && spare) {
            return Optional.of(busy ? Aim.MOST_BACK : Aim.ALL_BACK);
        } else if (nodes > 1 && page.idle == IDLE_ROUNDS && spare) {
            return Optional.of(Aim.ALL_BACK);
        } else if (more && headroom.signum() > 0) {
            return Optional.of(Aim.SHARE);
        }
        boolean low = headroom.compareTo(page.granted.divide(BigDecimal.TWO)) < 0;
        return (busy && low) || (page.asking && page.wanted.signum() == 0) ? Optional.of(Aim.MORE) : Optional.empty();
    }

    private void finish(Purse purse, Page page, Aim aim) {
        try {
            begun(purse, page, aim).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "A budget is not renewed yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what is long over. Blocks. */
    void sweep() {
        if (!leases.isAlone() && leases.isReachable()) {
            leases.sweep();
        }
    }

    /** What was held is void. */
    static void lapse(Page page) {
        page.lapses++;
        if (page.allowance != null) {
            page.allowance = page.spent.add(page.reserved);
        }
    }
}
