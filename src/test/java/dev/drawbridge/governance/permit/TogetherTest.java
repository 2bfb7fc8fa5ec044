package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.price;
import static dev.drawbridge.governance.permit.Bench.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.GatewayException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once. */
@Timeout(60)
class TogetherTest {
    private final Bench bench = new Bench();

    private void together(int calls, Runnable call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    call.run();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @RepeatedTest(20)
    void of_200_calls_at_once_so_many_are_let_in_as_the_budget_pays_for() throws Exception {
        Chain chain = Bench.budgeted(budget("1", Period.MONTH));
        AtomicInteger admitted = new AtomicInteger();

        together(
                200,
                () -> bench.refusal(chain, call(1000, 500)).ifPresentOrElse(refusal -> {}, admitted::incrementAndGet));

        // 0.025 each.
        assertThat(admitted).hasValue(40);
        assertThat(bench.state("b-month").reserved()).isEqualByComparingTo("1");
    }

    @RepeatedTest(20)
    void of_200_calls_at_once_with_loose_bounds_none_overshoots_and_none_is_refused_for_nothing() throws Exception {
        Chain chain = Bench.budgeted(budget("1", Period.MONTH));
        AtomicInteger admitted = new AtomicInteger();

        together(200, () -> {
            try {
                bench.admit(chain, new Bench.Wish(4000, 1000, 500, true)).settle(used(1000, 500));
                admitted.incrementAndGet();
            } catch (GatewayException e) {
                LockSupport.parkNanos(1);
            }
        });

        assertThat(bench.state("b-month").spent())
                .isEqualByComparingTo(price(1000, 500).multiply(BigDecimal.valueOf(admitted.get())));
        assertThat(bench.state("b-month").spent()).isLessThanOrEqualTo(BigDecimal.ONE);
        assertThat(admitted).hasValueGreaterThan(20);
    }

    @RepeatedTest(20)
    void of_200_calls_at_once_so_many_are_let_in_as_the_limit_says() throws Exception {
        Chain chain = Bench.limited(Bench.KEY, Map.of(Dimension.TOKENS_PER_MINUTE, 10_000L));
        AtomicInteger admitted = new AtomicInteger();

        together(
                200,
                () -> bench.refusal(chain, call(50, 50)).ifPresentOrElse(refusal -> {}, admitted::incrementAndGet));

        assertThat(admitted).hasValue(100);
    }

    @Test
    void who_shares_limits_and_budgets_in_any_order_neither_waits_forever_nor_takes_a_part() throws Exception {
        List<ScopedLimit> limits = new ArrayList<>();
        List<ScopedBudget> budgets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Scope scope = new Scope(Level.TEAM, "t" + i);
            limits.add(new ScopedLimit(
                    "l" + i, scope, Map.of(Dimension.TOKENS_PER_DAY, 400_000L + i, Dimension.IN_FLIGHT, 5L)));
            budgets.add(
                    new ScopedBudget("b" + i, scope, budget("9", Period.MONTH).terms(), List.of()));
        }
        AtomicInteger paid = new AtomicInteger();
        AtomicInteger seed = new AtomicInteger();
        together(16, () -> shuffled(new Random(seed.incrementAndGet()), limits, budgets, paid));

        for (int i = 0; i < 6; i++) {
            assertThat(bench.state("b" + i).spent())
                    .isEqualByComparingTo(price(5, 5).multiply(BigDecimal.valueOf(paid.get())));
            assertThat(bench.state("b" + i).reserved()).isEqualByComparingTo(BigDecimal.ZERO);
        }
        assertThat(paid).hasPositiveValue();
        Permit next = bench.admit(Bench.chain(limits, budgets), call(1, 0));
        long tokens = paid.get() * 10L;
        assertThat(next.headers()).containsEntry("x-ratelimit-remaining-tokens", Long.toString(400_000 - tokens - 1));
    }

    private void shuffled(Random dice, List<ScopedLimit> limits, List<ScopedBudget> budgets, AtomicInteger paid) {
        List<ScopedLimit> mine = new ArrayList<>(limits);
        List<ScopedBudget> ours = new ArrayList<>(budgets);
        for (int i = 0; i < 2000; i++) {
            Collections.shuffle(mine, dice);
            Collections.shuffle(ours, dice);
            try {
                Permit permit = bench.admit(Bench.chain(List.copyOf(mine), List.copyOf(ours)), call(10, 10));
                if (dice.nextInt(3) == 0) {
                    permit.release();
                } else {
                    permit.settle(used(5, 5));
                    paid.incrementAndGet();
                }
            } catch (GatewayException e) {
                LockSupport.parkNanos(1);
            }
        }
    }

    @Test
    void nothing_is_lost_while_idle_counters_and_old_budgets_are_swept_away() throws Exception {
        Chain chain = Bench.chain(
                List.of(Bench.limit(Bench.KEY, Map.of(Dimension.REQUESTS_PER_MINUTE, 6000L, Dimension.IN_FLIGHT, 3L))),
                List.of(budget("1000", Period.MONTH)));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger paid = new AtomicInteger();
        together(8, () -> {
            for (int i = 0; i < 3000; i++) {
                bench.nanos.addAndGet(Duration.ofMillis(20).toNanos());
                bench.counters.sweep();
                bench.book.sweep(Instant.parse("2026-03-20T00:00:00Z"));
                try {
                    Permit permit = bench.admit(chain, call(10, 10));
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1);
                    running.decrementAndGet();
                    permit.settle(used(5, 5));
                    paid.incrementAndGet();
                } catch (GatewayException e) {
                    LockSupport.parkNanos(1);
                }
            }
        });

        assertThat(most).hasValueLessThanOrEqualTo(3);
        assertThat(bench.state("b-month").spent())
                .isEqualByComparingTo(price(5, 5).multiply(BigDecimal.valueOf(paid.get())));
    }
}
