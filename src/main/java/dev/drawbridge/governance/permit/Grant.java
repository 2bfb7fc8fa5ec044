package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.budget.BudgetClaim;
import dev.drawbridge.governance.limit.LimitClaim;
import dev.drawbridge.inference.Money;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a call has taken of limits and budgets. */
final class Grant implements Permit {
    private final LimitClaim limits;
    private final BudgetClaim budgets;
    private final AtomicBoolean over = new AtomicBoolean();

    Grant(LimitClaim limits, BudgetClaim budgets) {
        this.limits = limits;
        this.budgets = budgets;
    }

    @Override
    public void settle(Used used) {
        if (over.compareAndSet(false, true)) {
            limits.settle(used.input(), used.output());
            budgets.settle(currency -> used.cost().flatMap(cost -> in(currency, cost, used.exchange())));
        }
    }

    private static Optional<BigDecimal> in(String currency, Money cost, Exchange exchange) {
        return cost.currency().equals(currency) ? Optional.of(cost.amount()) : exchange.to(currency, cost);
    }

    @Override
    public void release() {
        if (over.compareAndSet(false, true)) {
            limits.release();
            budgets.release();
        }
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = limits.headers();
        return budgets.warning().map(warning -> with(headers, warning)).orElse(headers);
    }

    private static Map<String, String> with(Map<String, String> headers, String warning) {
        Map<String, String> more = new HashMap<>(headers);
        more.put("x-drawbridge-budget-warning", warning);
        return more;
    }
}
