package dev.drawbridge.governance.permit;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.governance.budget.Kept;
import dev.drawbridge.governance.budget.KeptFile;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.store.DataFolder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The counters and budgets, and what is done with them between calls: written down, compared with the ledger, swept. */
@Singleton
public class Upkeep {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final long PERIOD_MILLIS = 1000;
    /** However many budgets there are, most of the time nothing is written. */
    private static final int REST = 10;

    private static final long SWEEP_SECONDS = 60;

    private final Counters counters = new Counters(System::nanoTime);
    private final LiveConfig config;
    private final KeptFile file;
    private final BudgetBook budgets;
    private final Thread worker =
            Thread.ofPlatform().daemon().name("drawbridge-budgets").unstarted(this::work);
    private final Thread sharer =
            Thread.ofPlatform().daemon().name("drawbridge-leases").unstarted(this::share);
    private Thread refreshing = Thread.ofVirtual().unstarted(() -> {});
    private Thread sweeping = refreshing;
    private Map<String, Kept> written;
    private long refreshed = System.nanoTime();
    private long swept = System.nanoTime();

    @Inject
    Upkeep(LiveConfig config, DataFolder data, Funds funds, Event<BudgetNotice> notices) {
        this(
                config,
                new KeptFile(data.resolve("budgets.json")),
                kept -> new BudgetBook(funds.spending(), funds.leases(), kept, notice -> tell(notices, notice)));
        if (!funds.leases().isAlone()) {
            sharer.start();
            funds.onWanted(() -> LockSupport.unpark(sharer));
        }
    }

    /**
     * Of budgets that are shared with no other process.
     *
     * @param book made from what an earlier process knew
     */
    Upkeep(LiveConfig config, KeptFile file, Function<Map<String, Kept>, BudgetBook> book) {
        this.config = config;
        this.file = file;
        this.written = file.read();
        this.budgets = book.apply(written);
        worker.start();
    }

    Counters counters() {
        return counters;
    }

    BudgetBook budgets() {
        return budgets;
    }

    private static void tell(Event<BudgetNotice> notices, BudgetNotice notice) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: {1} {2} of the budget of {3} of {4} {2} per {5} are spent",
                notice.mark(),
                notice.spent().toPlainString(),
                notice.terms().currency(),
                notice.scope(),
                notice.terms().amount().toPlainString(),
                notice.terms().period().word());
        notices.fireAsync(notice);
    }

    private void work() {
        try {
            while (true) {
                long start = System.nanoTime();
                round();
                Thread.sleep(Math.max(PERIOD_MILLIS, (System.nanoTime() - start) / 1_000_000 * REST));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By itself, as it may wait for the database. */
    private void share() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                budgets.tend();
            } catch (RuntimeException e) {
                // Whatever it is, the next round must have its chance.
                LOG.log(System.Logger.Level.WARNING, "Budgets are not shared as they should be: {0}", e.toString());
            }
            LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000);
        }
    }

    private void round() {
        try {
            write();
            if (isTime(
                    refreshed, config.current().governance().budgets().refresh().toSeconds())) {
                refreshed = System.nanoTime();
                refreshing = beside(refreshing, budgets::refresh);
            }
            if (isTime(swept, SWEEP_SECONDS)) {
                swept = System.nanoTime();
                counters.sweep();
                sweeping = beside(sweeping, () -> budgets.sweep(Instant.now()));
            }
        } catch (RuntimeException e) {
            // Whatever it is, the next round must have its chance.
            LOG.log(System.Logger.Level.ERROR, "Budgets are not kept as they should be", e);
        }
    }

    /** By itself, as it may wait for the database; not twice at once. */
    private static Thread beside(Thread last, Runnable work) {
        return last.isAlive()
                ? last
                : Thread.ofVirtual().name("drawbridge-budgets").start(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "Budgets are not kept as they should be: {0}",
                                e.toString());
                    }
                });
    }

    private static boolean isTime(long last, long seconds) {
        return System.nanoTime() - last >= seconds * 1_000_000_000L;
    }

    private synchronized void write() {
        Map<String, Kept> now = budgets.kept();
        if (now.equals(written)) {
            return;
        }
        try {
            file.write(now);
            written = now;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be written: {1}", file, e.toString());
        }
    }

    /** Writes down how it all stands. */
    @PreDestroy
    public void close() {
        worker.interrupt();
        sharer.interrupt();
        write();
    }
}
