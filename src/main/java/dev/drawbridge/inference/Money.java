package dev.drawbridge.inference;

import java.math.BigDecimal;

/**
 * An amount, exact.
 *
 * @param currency ISO 4217, such as {@code EUR}
 */
public record Money(BigDecimal amount, String currency) {
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
