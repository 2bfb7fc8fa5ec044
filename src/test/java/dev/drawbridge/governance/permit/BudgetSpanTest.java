package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.budgeted;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.price;
import static dev.drawbridge.governance.permit.Bench.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.budget.Kept;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Period.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetSpanTest {
    private static final Chain MONTH = budgeted(budget("0.1", Period.MONTH));

    private static Bench at(String moment) {
        return new Bench(moment, Spending.NONE, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-15T23:59:59Z, 2026-03-16T00:00:00Z",
        "WEEK, 2026-03-15T23:59:59Z, 2026-03-16T00:00:00Z",
        "MONTH, 2026-02-28T23:59:59Z, 2026-03-01T00:00:00Z",
        "QUARTER, 2026-03-31T23:59:59Z, 2026-04-01T00:00:00Z",
        "YEAR, 2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z",
    })
    void a_budget_begins_anew_with_the_calendar(Period period, String last, String next) {
        Bench bench = at(last);
        Chain chain = budgeted(budget("0.1", period));
        bench.admit(chain, call(10_000, 0)).settle(used(10_000, 0));
        assertThat(bench.refusal(chain, call(1, 0))).isPresent();

        bench.at(next);

        bench.admit(chain, call(10_000, 0));
        assertThat(bench.governor.states().getFirst().span().start()).isEqualTo(Instant.parse(next));
    }

    @Test
    void a_total_never_begins_anew() {
        Bench bench = at("2026-12-31T23:59:59Z");
        Chain chain = budgeted(budget("0.1", Period.TOTAL));
        bench.admit(chain, call(10_000, 0)).settle(used(10_000, 0));

        bench.at("2099-01-01T00:00:00Z");

        assertThat(bench.refusal(chain, call(1, 0))).isPresent();
    }

    @Test
    void the_calendar_is_that_of_the_configured_time_zone() {
        Bench bench = at("2026-03-31T21:59:59Z");
        bench.rules = Bench.rules("Europe/Berlin", false);
        bench.admit(MONTH, call(10_000, 0)).settle(used(10_000, 0));
        assertThat(bench.refusal(MONTH, call(1, 0))).isPresent();

        bench.at("2026-03-31T22:00:00Z");

        assertThat(bench.refusal(MONTH, call(1, 0))).isEmpty();
    }

    @Test
    void a_call_is_counted_in_the_span_that_it_began_in() {
        Bench bench = at("2026-03-31T23:59:59Z");
        Permit old = bench.admit(MONTH, call(10_000, 0));
        bench.at("2026-04-01T00:00:00Z");
        Permit fresh = bench.admit(MONTH, call(4000, 0));

        old.settle(used(10_000, 0));
        fresh.settle(used(4000, 0));

        assertThat(bench.state("b-month").spent()).isEqualByComparingTo(price(4000, 0));
        bench.at("2026-03-31T23:59:59.500Z");
        assertThat(bench.refusal(MONTH, call(1, 0))).as("one who is late").isPresent();
    }

    @Test
    void a_call_that_others_held_up_beyond_the_end_of_its_span_leaves_the_next_one_as_it_is() {
        Bench bench = at("2026-04-01T00:00:01Z");
        bench.admit(MONTH, call(9000, 0)).settle(used(9000, 0));

        Instant before = Instant.parse("2026-03-31T23:59:59Z");
        Permit late = bench.governor.admit(MONTH, "m", call(10_000, 0), before);

        assertThat(bench.refusal(MONTH, call(1001, 0))).isPresent();
        late.settle(used(10_000, 0));
        assertThat(bench.state("b-month").spent()).isEqualByComparingTo(price(9000, 0));
        assertThat(bench.refusal(MONTH, call(1000, 0))).isEmpty();
    }

    @Test
    void what_the_ledger_knows_counts_from_the_first_call_on() {
        Bench bench = new Bench("2026-03-15T12:00:00Z", (budget, span) -> new BigDecimal("0.06"), Map.of());

        assertThat(bench.refusal(MONTH, call(4001, 0))).isPresent();
        assertThat(bench.refusal(MONTH, call(4000, 0))).isEmpty();
    }

    @Test
    void the_ledger_is_asked_once_and_not_for_a_span_that_begins_while_we_look() {
        AtomicInteger asked = new AtomicInteger();
        Bench bench = new Bench(
                "2026-03-31T23:59:00Z",
                (budget, span) -> {
                    asked.incrementAndGet();
                    return BigDecimal.ZERO;
                },
                Map.of());
        bench.admit(MONTH, call());
        bench.admit(MONTH, call());

        bench.at("2026-04-02T00:00:00Z");
        bench.admit(MONTH, call());

        assertThat(asked).hasValue(1);
    }

    @Test
    void without_the_ledger_the_last_known_figure_counts_until_it_is_back() {
        AtomicReference<BigDecimal> ledger = new AtomicReference<>();
        Spending spending = (budget, span) -> {
            if (ledger.get() == null) {
                throw new IllegalStateException("the database is away");
            }
            return ledger.get();
        };
        Bench before = at("2026-03-15T11:59:59Z");
        before.admit(MONTH, call(9000, 0)).settle(used(9000, 0));
        Map<String, Kept> kept = before.book.kept();

        Bench bench = new Bench("2026-03-15T12:00:00Z", spending, kept);
        assertThat(bench.refusal(MONTH, call(1001, 0))).isPresent();
        bench.admit(MONTH, call(100, 0)).settle(used(100, 0));
        assertThat(bench.notices).as("it was told in another life").isEmpty();
        bench.book.refresh();
        assertThat(bench.state("b-month").spent()).isEqualByComparingTo("0.091");

        ledger.set(new BigDecimal("0.095"));
        bench.book.refresh();
        assertThat(bench.state("b-month").spent()).isEqualByComparingTo("0.095");
    }

    @Test
    void figures_of_an_earlier_span_say_nothing() {
        Map<String, Kept> kept =
                Map.of("b-month", new Kept("2026-02-01T00:00:00Z month EUR", BigDecimal.TEN, Set.of(Mark.SOFT)));
        Bench bench = new Bench("2026-03-15T12:00:00Z", Spending.NONE, kept);

        assertThat(bench.refusal(MONTH, call(10_000, 0))).isEmpty();
    }

    @Test
    void what_the_ledger_knows_better_counts_as_soon_as_somebody_says_so() {
        AtomicReference<BigDecimal> ledger = new AtomicReference<>(BigDecimal.ZERO);
        Spending complete = new Spending() {
            @Override
            public Records flush() {
                return Records.ALL;
            }

            @Override
            public BigDecimal spent(ScopedBudget budget, Span span) {
                return Objects.requireNonNull(ledger.get());
            }
        };
        Bench bench = new Bench("2026-03-15T12:00:00Z", complete, Map.of());
        bench.admit(MONTH, call(9000, 0)).settle(used(9000, 0));
        bench.book.refresh();

        for (String figure : new String[] {"0.095", "0.02"}) {
            ledger.set(new BigDecimal(figure));
            bench.book.refresh();
            assertThat(bench.state("b-month").spent()).isNotEqualByComparingTo(figure);
            bench.governor.doubt();
            bench.book.refresh();
            assertThat(bench.state("b-month").spent()).isEqualByComparingTo(figure);
        }
    }

    @Test
    void a_budget_that_is_for_other_models_now_has_what_these_have_cost() throws InterruptedException {
        Spending byModel = new Spending() {
            @Override
            public Records flush() {
                return Records.ALL;
            }

            @Override
            public BigDecimal spent(ScopedBudget budget, Span span) {
                return budget.models().contains("m") ? new BigDecimal("0.1") : new BigDecimal("0.04");
            }
        };
        Bench bench = new Bench("2026-03-15T12:00:00Z", byModel, Map.of());
        BudgetTerms terms = budget("0.1", Period.MONTH).terms();
        Chain old = budgeted(new ScopedBudget("b", Bench.TEAM, terms, List.of("m")));
        Chain changed = budgeted(new ScopedBudget("b", Bench.TEAM, terms, List.of("?")));
        assertThat(bench.refusal(old, call(1, 0))).isPresent();

        for (int i = 0; i < 500 && bench.refusal(changed, call(6000, 0)).isPresent(); i++) {
            Thread.sleep(10);
        }
        assertThat(bench.state("b").reserved()).isEqualByComparingTo("0.06");
        assertThat(bench.state("b").spent()).isEqualByComparingTo("0.04");
    }

    @Test
    void a_ledger_that_takes_its_time_holds_nobody_up_for_long() throws InterruptedException {
        var gate = new java.util.concurrent.CountDownLatch(1);
        Spending slow = (budget, span) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new BigDecimal("0.1");
        };
        Bench bench = new Bench("2026-03-15T12:00:00Z", slow, Map.of());
        bench.admit(MONTH, call(100, 0)).settle(used(100, 0));

        gate.countDown();

        for (int i = 0; i < 500 && bench.refusal(MONTH, call(1, 0)).isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(bench.refusal(MONTH, call(1, 0))).isPresent();
    }

    @Test
    void budgets_whose_span_is_over_are_forgotten_when_no_call_is_left_in_them() {
        Bench bench = at("2026-03-31T23:59:59Z");
        Permit running = bench.admit(MONTH, call());
        Instant later = Instant.parse("2026-04-01T00:00:00Z");
        bench.book.sweep(later);
        assertThat(bench.book.kept()).hasSize(1);

        running.release();
        bench.book.sweep(later);

        assertThat(bench.book.kept()).isEmpty();
    }

    @Test
    void a_budget_that_is_raised_lets_in_again_at_once() {
        Bench bench = at("2026-03-15T12:00:00Z");
        bench.admit(MONTH, call(10_000, 0)).settle(used(10_000, 0));
        assertThat(bench.refusal(MONTH, call(1, 0))).isPresent();

        Chain raised = budgeted(budget("0.2", Period.MONTH));

        assertThat(bench.refusal(raised, call(10_001, 0))).isPresent();
        assertThat(bench.refusal(raised, call(10_000, 0))).isEmpty();
    }
}
