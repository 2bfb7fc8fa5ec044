package dev.drawbridge.governance.budget;

import java.math.BigDecimal;

/** What a call costs at most. */
@FunctionalInterface
public interface Quote {
    /** What so many tokens cost at the dearest target that may answer. */
    Most cost(String currency, long input, long output);

    /**
     * The most that is known.
     *
     * @param amount zero where no target has a price
     * @param complete whether the prices and rates of all targets are known
     */
    record Most(BigDecimal amount, boolean complete) {}
}
