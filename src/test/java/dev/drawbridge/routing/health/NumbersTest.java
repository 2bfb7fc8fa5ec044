package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Latency and the retry budget. */
class NumbersTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void a_peak_counts_at_once_and_is_forgotten_over_ten_seconds() {
        PeakEwma latency = new PeakEwma();
        assertThat(latency.at(0)).isZero();

        latency.add(100, 0);
        latency.add(1000, 0);
        assertThat(latency.at(0)).isEqualTo(1000);
        latency.add(100, 10 * SECOND);
        assertThat(latency.at(10 * SECOND)).isEqualTo(100 + 900 / Math.E, within(0.01));
        for (int i = 11; i < 60; i++) {
            latency.add(100, i * SECOND);
        }
        assertThat(latency.at(59 * SECOND)).isEqualTo(100, within(5.0));
    }

    @Test
    void without_news_a_latency_fades() {
        PeakEwma latency = new PeakEwma();
        latency.add(1000, 0);

        assertThat(latency.at(10 * SECOND)).isGreaterThan(800);
        assertThat(latency.at(60 * SECOND)).isEqualTo(1000 / Math.E, within(0.01));
        assertThat(latency.at(600 * SECOND)).isLessThan(1);
    }

    @Test
    void every_fifth_call_may_be_a_retry_besides_a_reserve() {
        RetryBudget budget = new RetryBudget(0.2, 1000, 0);
        assertThat(spend(budget, 0)).isEqualTo(10);

        for (int i = 0; i < 100; i++) {
            budget.deposit();
        }
        assertThat(spend(budget, 0)).isEqualTo(20);
    }

    @Test
    void the_reserve_fills_by_one_a_second() {
        RetryBudget budget = new RetryBudget(0.2, 10, 0);
        spend(budget, 0);

        assertThat(spend(budget, 3 * SECOND)).isEqualTo(3);
        assertThat(spend(budget, 1000 * SECOND)).isEqualTo(10);
    }

    @Test
    void what_is_saved_is_limited() {
        RetryBudget budget = new RetryBudget(0.2, 100, 0);
        for (int i = 0; i < 100_000; i++) {
            budget.deposit();
        }
        assertThat(spend(budget, 0)).isEqualTo(20);
    }

    private static int spend(RetryBudget budget, long now) {
        int spent = 0;
        while (budget.take(now)) {
            spent++;
        }
        return spent;
    }
}
