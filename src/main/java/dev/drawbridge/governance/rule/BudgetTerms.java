package dev.drawbridge.governance.rule;

import java.math.BigDecimal;

/**
 * How much may be spent in which time.
 *
 * @param amount of which nothing more is spent: the hard limit
 * @param currency ISO 4217
 * @param softPercent of the amount, from which callers and listeners are warned; where 0 is given, the usual
 */
public record BudgetTerms(BigDecimal amount, String currency, Period period, int softPercent) {
    public static final int USUAL_SOFT_PERCENT = 80;

    /** @throws IllegalArgumentException when it makes no sense; the message says why */
    public BudgetTerms {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("has an amount below zero");
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("needs a currency of three capital letters, such as EUR");
        }
        if (softPercent < 0 || softPercent > 100) {
            throw new IllegalArgumentException("has a soft-percent that is not between 1 and 100");
        }
        softPercent = softPercent == 0 ? USUAL_SOFT_PERCENT : softPercent;
    }
}
