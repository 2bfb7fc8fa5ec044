package dev.drawbridge.governance.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs a call to be let in and settled, with two limits and a budget; real figures stand in the output. */
class SpeedTest {
    private static final int CALLS = 400_000;
    private static final long MOST_NANOS = 30_000;

    private final Governor governor = new Governor(
            new Counters(System::nanoTime),
            new BudgetBook(Spending.NONE, Map.of(), notice -> {}),
            () -> Bench.rules("UTC", false),
            Clock.systemUTC());

    private static Chain chain(int key) {
        Scope one = new Scope(Level.KEY, "k" + key);
        return Bench.chain(
                List.of(
                        Bench.limit(Bench.TEAM, Map.of(Dimension.REQUESTS_PER_MINUTE, 1_000_000_000L)),
                        Bench.limit(
                                one,
                                Map.of(
                                        Dimension.TOKENS_PER_MINUTE, 1_000_000_000_000L,
                                        Dimension.IN_FLIGHT, 100L))),
                List.of(Bench.budget("1000000000", Period.MONTH)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void a_call_costs_little_however_many_keys_there_are(int keys) {
        Chain[] chains = new Chain[keys];
        for (int i = 0; i < keys; i++) {
            chains[i] = chain(i);
        }
        run(chains);
        long start = System.nanoTime();
        run(chains);
        long nanos = (System.nanoTime() - start) / CALLS;

        System.out.printf("%d keys: %d ns for a call%n", keys, nanos);
        assertThat(nanos).isLessThan(MOST_NANOS);
    }

    private void run(Chain[] chains) {
        Demand demand = new Bench.Wish(400, 100, 500, true);
        Permit.Used used = Bench.used(100, 200);
        for (int i = 0; i < CALLS; i++) {
            governor.admit(chains[i % chains.length], "m", demand, Instant.now())
                    .settle(used);
        }
    }
}
