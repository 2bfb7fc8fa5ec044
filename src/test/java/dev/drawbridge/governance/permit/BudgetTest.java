package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.budgeted;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.price;
import static dev.drawbridge.governance.permit.Bench.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Bench bench = new Bench();

    private void stands(String id, BigDecimal spent, BigDecimal reserved) {
        BudgetState state = bench.state(id);
        assertThat(state.spent()).isEqualByComparingTo(spent);
        assertThat(state.reserved()).isEqualByComparingTo(reserved);
        assertThat(state.remaining())
                .isEqualByComparingTo(
                        state.budget().terms().amount().subtract(spent).subtract(reserved));
    }

    @Test
    void a_call_sets_aside_what_it_may_cost_and_pays_what_it_cost() {
        Permit permit = bench.admit(budgeted(budget("1", Period.MONTH)), call(1000, 500));
        stands("b-month", BigDecimal.ZERO, price(1000, 500));

        permit.settle(used(900, 20));

        stands("b-month", price(900, 20), BigDecimal.ZERO);
    }

    @Test
    void a_failed_call_costs_nothing() {
        Permit permit = bench.admit(budgeted(budget("1", Period.MONTH)), call(1000, 500));

        permit.release();
        permit.settle(used(900, 20));

        stands("b-month", BigDecimal.ZERO, BigDecimal.ZERO);
    }

    @Test
    void nothing_is_set_aside_beyond_the_amount() {
        Chain chain = budgeted(budget("0.02", Period.MONTH));
        bench.admit(chain, call(500, 500));

        GatewayException refusal = bench.refusal(chain, call(1, 0)).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED);
        assertThat(refusal.kind().worthRetrying()).isFalse();
        assertThat(refusal.message())
                .isEqualTo("Nothing is left of the budget of this team of 0.02 EUR per month;"
                        + " it begins anew at 2026-04-01T00:00:00Z");
        stands("b-month", BigDecimal.ZERO, new BigDecimal("0.02"));
    }

    @Test
    void a_call_that_may_cost_more_than_is_left_is_refused_and_a_smaller_one_is_not() {
        Chain chain = budgeted(budget("0.02", Period.TOTAL));

        assertThat(bench.refusal(chain, call(500, 501)).orElseThrow().message())
                .isEqualTo("What is left of the budget of this team of 0.02 EUR is less than this call may cost");
        assertThat(bench.refusal(chain, call(500, 500))).isEmpty();
    }

    @Test
    void only_what_would_not_fit_anyway_is_counted() {
        Chain chain = budgeted(budget("0.02", Period.MONTH));

        bench.admit(chain, new Bench.Wish(1_000_000, 500, 500, true));

        stands("b-month", BigDecimal.ZERO, new BigDecimal("0.02"));
    }

    @Test
    void of_an_answer_of_unknown_length_what_is_left_is_set_aside() {
        Chain chain = budgeted(budget("0.02", Period.MONTH));

        Permit permit = bench.admit(chain, new Bench.Wish(500, 500, 100_000, false));
        stands("b-month", BigDecimal.ZERO, new BigDecimal("0.02"));
        permit.settle(used(500, 1000));

        stands("b-month", new BigDecimal("0.035"), BigDecimal.ZERO);
        assertThat(bench.refusal(chain, call(1, 1))).isPresent();
    }

    @Test
    void all_budgets_count_or_none() {
        ScopedBudget large = budget("large", "10", Period.MONTH);
        ScopedBudget small = budget("small", "0.01", Period.DAY);

        assertThat(bench.refusal(budgeted(large, small), call(10_000, 10))).isPresent();

        stands("large", BigDecimal.ZERO, BigDecimal.ZERO);
        bench.admit(budgeted(small, large), call(100, 10));
        stands("large", BigDecimal.ZERO, price(100, 10));
        stands("small", BigDecimal.ZERO, price(100, 10));
    }

    @Test
    void a_budget_that_refuses_leaves_the_limits_alone_and_the_other_way_round() {
        ScopedBudget month = budget("0.02", Period.MONTH);
        var one = Bench.limit(Bench.TEAM, Map.of(Dimension.REQUESTS_PER_MINUTE, 1L));
        assertThat(bench.refusal(Bench.chain(List.of(one), List.of(month)), call(5000, 1)))
                .isPresent();

        bench.admit(Bench.chain(List.of(one), List.of(month)), call(100, 1));
        assertThat(bench.refusal(Bench.chain(List.of(one), List.of(month)), call(100, 1))
                        .orElseThrow()
                        .kind())
                .isEqualTo(ErrorKind.RATE_LIMITED);
        stands("b-month", BigDecimal.ZERO, price(100, 1));
    }

    @Test
    void a_budget_for_some_models_counts_only_them() {
        ScopedBudget others =
                new ScopedBudget("o", Bench.TEAM, budget("0", Period.DAY).terms(), List.of("gpt-*"));
        ScopedBudget this_one =
                new ScopedBudget("t", Bench.TEAM, budget("0", Period.DAY).terms(), List.of("?"));

        assertThat(bench.admit(budgeted(others), call())).isSameAs(Permit.FREE);
        assertThat(bench.refusal(budgeted(others, this_one), call())).isPresent();
    }

    @Test
    void costs_are_exchanged_into_the_budgets_currency() {
        Permit permit = bench.admit(budgeted(budget("1", Period.MONTH)), call(100, 100));

        permit.settle(new Permit.Used(
                1,
                1,
                Optional.of(new Money(new BigDecimal("0.0021"), "USD")),
                (currency, money) -> Optional.of(money.amount().multiply(new BigDecimal("0.9")))));

        stands("b-month", new BigDecimal("0.00189"), BigDecimal.ZERO);
    }

    @Test
    void past_the_soft_limit_callers_are_warned_and_listeners_hear_of_it_once() {
        Chain chain = budgeted(budget("0.1", Period.MONTH));
        bench.admit(chain, call(7900, 0)).settle(used(7900, 0));
        assertThat(bench.notices).isEmpty();
        Permit crossing = bench.admit(chain, call(500, 0));
        assertThat(crossing.headers()).isEmpty();
        crossing.settle(used(500, 0));

        Permit warned = bench.admit(chain, call(100, 0));
        warned.settle(used(100, 0));
        bench.admit(chain, call(1500, 0)).settle(used(1500, 0));

        assertThat(warned.headers()).containsEntry("x-drawbridge-budget-warning", "84% of team/research per month");
        assertThat(bench.notices).extracting(BudgetNotice::mark).containsExactly(Mark.SOFT, Mark.HARD);
        assertThat(bench.notices.peek().spent()).isEqualByComparingTo("0.084");
    }

    @Test
    void the_last_cent_can_be_spent() {
        Chain chain = budgeted(budget("0.1", Period.MONTH));
        for (int i = 0; i < 10_000; i++) {
            bench.admit(chain, call(1, 0)).settle(used(1, 0));
        }

        stands("b-month", new BigDecimal("0.1"), BigDecimal.ZERO);
        assertThat(bench.refusal(chain, call(1, 0))).isPresent();
    }

    /** The promise, for any calls: spent and set aside together never exceed the amount, and the sum is exact. */
    @RepeatedTest(100)
    void whatever_happens_no_more_is_spent_than_there_is_and_every_amount_is_exact(RepetitionInfo repetition) {
        Random dice = new Random(repetition.getCurrentRepetition());
        BigDecimal amount = BigDecimal.valueOf(dice.nextDouble()).setScale(7, RoundingMode.UP);
        Chain chain = budgeted(budget(amount.toPlainString(), Period.MONTH));
        BigDecimal sum = BigDecimal.ZERO;
        Permit[] open = new Permit[10];
        long[] asked = new long[10];
        for (int i = 0; i < 2000; i++) {
            int place = dice.nextInt(open.length);
            Permit permit = open[place];
            if (permit != null && dice.nextInt(4) == 0) {
                permit.release();
                open[place] = null;
            } else if (permit != null) {
                long input = dice.nextLong(asked[place] + 1);
                permit.settle(used(input, asked[place]));
                sum = sum.add(price(input, asked[place]));
                open[place] = null;
            } else {
                asked[place] = dice.nextLong(500);
                open[place] = admitted(chain, call(asked[place], asked[place]));
            }
        }
        for (Permit permit : open) {
            if (permit != null) {
                permit.release();
            }
        }

        stands("b-month", sum, BigDecimal.ZERO);
        assertThat(sum).isLessThanOrEqualTo(amount);
    }

    private @org.jspecify.annotations.Nullable Permit admitted(Chain chain, Demand demand) {
        try {
            return bench.admit(chain, demand);
        } catch (GatewayException e) {
            return null;
        }
    }
}
