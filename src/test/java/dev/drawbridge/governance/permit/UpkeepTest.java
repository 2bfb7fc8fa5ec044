package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.budgeted;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.price;
import static dev.drawbridge.governance.permit.Bench.used;

import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.Kept;
import dev.drawbridge.governance.budget.KeptFile;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Period;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    private static final Chain CHAIN = budgeted(budget("b", "1", Period.TOTAL));

    @TempDir
    Path folder;

    @Test
    @Timeout(30)
    void what_is_spent_is_written_down_while_the_ledger_takes_its_time() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        Spending slow = (budget, span) -> {
            first.countDown();
            second.countDown();
            wait(second.getCount() == 0 ? gate : first);
            return BigDecimal.ZERO;
        };
        KeptFile file = new KeptFile(folder.resolve("budgets.json"));
        try (LiveFile config = new LiveFile("budgets: {refresh: 1s}")) {
            Upkeep upkeep = new Upkeep(config.config(), file, kept -> new BudgetBook(slow, kept, notice -> {}));
            Governor governor = new Governor(
                    upkeep.counters(), upkeep.budgets(), () -> Bench.rules("UTC", false), Clock.systemUTC());
            governor.admit(CHAIN, "m", call(100, 0), Instant.now()).settle(used(100, 0));
            governor.doubt();
            second.await();

            governor.admit(CHAIN, "m", call(200, 0), Instant.now()).settle(used(200, 0));

            while (spent(file).compareTo(price(300, 0)) != 0) {
                Thread.sleep(50);
            }
            gate.countDown();
            upkeep.close();
        }
    }

    private static BigDecimal spent(KeptFile file) {
        Kept kept = file.read().get("b");
        return kept == null ? BigDecimal.ZERO : kept.spent();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
