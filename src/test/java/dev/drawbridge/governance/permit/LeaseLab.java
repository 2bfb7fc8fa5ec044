package dev.drawbridge.governance.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.cluster.Members;
import dev.drawbridge.cluster.SingleNode;
import dev.drawbridge.fakes.MapConfig;
import dev.drawbridge.gateway.account.StoredLeases;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.Leases;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Period.Span;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several nodes over one database, with a ledger that they bring their records to as late as they can. */
final class LeaseLab implements AutoCloseable {
    private static final Duration LIFE = Duration.ofSeconds(5);

    final Database database;
    private final Sum ledger = new Sum();
    private final Sum committed = new Sum();
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final Thread time = Thread.ofPlatform().daemon().unstarted(this::pass);

    LeaseLab(Map<String, String> settings, Path folder) {
        // By its address, a database of H2 may be others', too.
        Map<String, String> shared = settings.containsKey("drawbridge.database.url")
                ? settings
                : Map.of("drawbridge.database.url", "jdbc:h2:async:" + folder.resolve("shared"));
        database = new Database(new MapConfig(shared), new DataFolder(folder));
        time.start();
    }

    private static final class Sum {
        private BigDecimal sum = BigDecimal.ZERO;
        private BigDecimal peak = BigDecimal.ZERO;

        synchronized void add(BigDecimal amount) {
            sum = sum.add(amount);
            peak = peak.max(sum);
        }

        synchronized BigDecimal get() {
            return sum;
        }

        synchronized BigDecimal peak() {
            return peak;
        }
    }

    /** A process. */
    final class Node implements Spending {
        private final ConcurrentLinkedQueue<BigDecimal> journal = new ConcurrentLinkedQueue<>();
        final Members members = new Members(database, LIFE);
        final Leases leases = new StoredLeases(database, members, new SingleNode());
        final BudgetBook book = new BudgetBook(this, leases, Map.of(), notice -> {});
        private final Governor governor =
                new Governor(new Counters(System::nanoTime), book, () -> Bench.rules("UTC", false), Clock.systemUTC());
        private volatile boolean silent;
        private volatile boolean slow;

        @Override
        public Records flush() {
            for (BigDecimal cost = slow ? null : journal.poll(); cost != null; cost = journal.poll()) {
                ledger.add(cost);
            }
            return slow ? Records.LATE : Records.ALL;
        }

        @Override
        public BigDecimal spent(ScopedBudget budget, Span span) {
            return ledger.get();
        }

        /** A call of a thousandth for each token; the permit may be settled for less. */
        boolean call(String amount, int tokens, int used) {
            BigDecimal most = Bench.price(tokens, 0);
            Permit permit;
            try {
                permit = governor.admit(Bench.budgeted(shared(amount)), "m", Bench.call(tokens, 0), Instant.now());
            } catch (GatewayException e) {
                return false;
            }
            committed.add(most);
            BigDecimal real = Bench.price(used, 0);
            if (used > 0) {
                journal.add(real);
            }
            committed.add(real.subtract(most));
            if (used > 0) {
                permit.settle(Bench.used(used, 0));
            } else {
                permit.release();
            }
            return true;
        }

        boolean call() {
            return call("0.5", 1000, 1000);
        }

        /** Its records do not come to the ledger for now. */
        void stall(boolean stalled) {
            slow = stalled;
        }

        /** Does nothing by itself any more, and says nothing. */
        void die() {
            silent = true;
        }
    }

    private static ScopedBudget shared(String amount) {
        return Bench.budget("shared", amount, Period.MONTH);
    }

    Node node() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    /** Ten times as fast as the real one, but for who is taken for dead. */
    private void pass() {
        try {
            while (true) {
                Thread.sleep(100);
                nodes.forEach(LeaseLab::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(Node node) {
        try {
            if (!node.silent) {
                node.members.beat();
                node.book.tend();
            }
        } catch (StoreException e) {
            assertThat(e).as("the database is away").isNotNull();
        }
    }

    /** Of all nodes, whether it is in the ledger or not. */
    BigDecimal spent() {
        BigDecimal sum = ledger.get();
        for (Node node : nodes) {
            sum = node.journal.stream().reduce(sum, BigDecimal::add);
        }
        return sum;
    }

    /** The most that was spent and set aside at the same moment. */
    BigDecimal peak() {
        return committed.peak();
    }

    /** Something of another source. */
    void record(BigDecimal cost) {
        ledger.add(cost);
    }

    @Override
    public void close() {
        time.interrupt();
        try {
            time.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
