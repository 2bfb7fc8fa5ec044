package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.rule.Dimension.REQUESTS_PER_MINUTE;
import static dev.drawbridge.governance.rule.Dimension.TOKENS_PER_DAY;
import static dev.drawbridge.governance.rule.Dimension.TOKENS_PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Dimension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for any limits and any calls. */
class RatePromiseTest {
    private final Bench bench = new Bench();

    @RepeatedTest(200)
    void over_any_time_no_more_is_used_than_was_there_and_came_back(RepetitionInfo repetition) {
        Random dice = new Random(repetition.getCurrentRepetition());
        Dimension dimension = dice.nextBoolean() ? TOKENS_PER_MINUTE : TOKENS_PER_DAY;
        long most = 1 + (long) Math.exp(dice.nextDouble() * 30);
        Chain chain = Bench.limited(Bench.TEAM, Map.of(dimension, most));
        double used = 0;
        long start = bench.nanos.get();
        for (int i = 0; i < 300; i++) {
            bench.nanos.addAndGet((long) (dice.nextDouble() * dimension.window().toNanos() / 50));
            long input = 1 + (long) (dice.nextDouble() * most / 10);
            long output = (long) (dice.nextDouble() * most / 10);
            if (input + output <= most
                    && bench.refusal(chain, call(input, output)).isEmpty()) {
                used += input + output;
            }
            double back =
                    (double) (bench.nanos.get() - start) / dimension.window().toNanos() * most;
            assertThat(used).isLessThanOrEqualTo((most + back) * (1 + 1e-12));
        }
        assertThat(used).isPositive();
    }

    @RepeatedTest(200)
    void retry_after_is_true(RepetitionInfo repetition) {
        Random dice = new Random(repetition.getCurrentRepetition());
        long most = 1 + dice.nextLong(2_000_000_000L);
        Chain chain = Bench.chain(
                List.of(
                        Bench.limit(Bench.TEAM, Map.of(TOKENS_PER_MINUTE, most, REQUESTS_PER_MINUTE, 13L)),
                        Bench.limit(Bench.KEY, Map.of(TOKENS_PER_DAY, most))),
                List.of());
        Demand demand = call(1 + dice.nextLong(most), dice.nextLong(most));
        while (bench.refusal(chain, demand).isEmpty()) {
            bench.nanos.addAndGet(dice.nextLong(1_000_000_000L));
        }

        Duration wait = bench.refusal(chain, demand).orElseThrow().retryAfter().orElseThrow();
        bench.nanos.addAndGet(wait.minusMillis(1).toNanos() - 1);
        assertThat(bench.refusal(chain, demand)).as("a moment before").isPresent();
        bench.nanos.addAndGet(1_000_001);
        assertThat(bench.refusal(chain, demand)).as("then").isEmpty();
    }
}
