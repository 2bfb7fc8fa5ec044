package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.budgeted;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.price;
import static dev.drawbridge.governance.permit.Bench.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.budget.Quote;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.inference.ErrorKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Budgets and models whose price is not known, or known of some targets, or nothing. */
class UnknownPriceTest {
    private final Bench bench = new Bench();

    private void stands(String id, BigDecimal spent, BigDecimal reserved) {
        BudgetState state = bench.state(id);
        assertThat(state.spent()).isEqualByComparingTo(spent);
        assertThat(state.reserved()).isEqualByComparingTo(reserved);
    }

    /** The tokens of one demand at other prices. */
    private record Priced(Demand tokens, Quote quote) implements Demand {
        @Override
        public String model() {
            return tokens.model();
        }

        @Override
        public long inputBound() {
            return tokens.inputBound();
        }

        @Override
        public long input() {
            return tokens.input();
        }

        @Override
        public long output() {
            return tokens.output();
        }

        @Override
        public boolean outputBounded() {
            return tokens.outputBounded();
        }

        @Override
        public Most cost(String currency, long input, long output) {
            return quote.cost(currency, input, output);
        }
    }

    @Test
    void of_targets_of_which_one_has_no_price_the_others_are_counted() {
        Chain chain = budgeted(budget("0.02", Period.MONTH));
        Quote some = (currency, input, output) -> new Quote.Most(price(input, output), false);

        bench.admit(chain, new Priced(call(500, 500), some));

        stands("b-month", BigDecimal.ZERO, new BigDecimal("0.02"));
        assertThat(bench.refusal(chain, new Priced(call(1, 0), some))).isPresent();
        bench.rules = Bench.rules("UTC", true);
        assertThat(bench.refusal(chain, new Priced(call(1, 0), some))
                        .orElseThrow()
                        .kind())
                .isEqualTo(ErrorKind.FORBIDDEN);
    }

    @Test
    void a_call_that_costs_nothing_is_let_in_when_more_is_spent_than_there_was() {
        ScopedBudget month = budget("0.001", Period.MONTH);
        var tokens = Bench.limit(Bench.TEAM, Map.of(Dimension.TOKENS_PER_DAY, 100L));
        Demand free = new Priced(call(20, 20), (currency, input, output) -> new Quote.Most(BigDecimal.ZERO, true));
        bench.admit(budgeted(month), call(10, 10)).settle(used(1000, 1000));
        assertThat(bench.refusal(budgeted(month), call(1, 0))).isPresent();

        assertThat(bench.refusal(budgeted(month), free)).isEmpty();
        assertThat(bench.refusal(Bench.chain(List.of(tokens), List.of(month)), free))
                .as("also where its prompt has to be counted")
                .isEmpty();
    }

    @Test
    void a_model_whose_price_is_not_known_is_not_counted_or_is_refused() {
        ScopedBudget dollars =
                new ScopedBudget("d", Bench.TEAM, new BudgetTerms(BigDecimal.ONE, "USD", Period.DAY, 80), List.of());

        Permit permit = bench.admit(budgeted(dollars), call());
        permit.settle(used(10, 10));
        stands("d", BigDecimal.ZERO, BigDecimal.ZERO);

        bench.rules = Bench.rules("UTC", true);
        assertThat(bench.refusal(budgeted(dollars), call()).orElseThrow().message())
                .isEqualTo("No price in USD is known of the model \"m\", and budgets need one");
    }
}
