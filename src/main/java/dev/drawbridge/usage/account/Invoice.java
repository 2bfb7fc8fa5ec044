package dev.drawbridge.usage.account;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A vendor's figures.
 *
 * @param upstream which of ours it is
 * @param currency of its amounts
 */
public record Invoice(String upstream, String currency, List<Line> lines) {

    /**
     * One model on one day, in UTC; what the vendor does not say is empty, and not compared.
     *
     * @param model the vendor's name of it
     */
    public record Line(
            LocalDate day,
            String model,
            OptionalLong requests,
            OptionalLong inputTokens,
            OptionalLong outputTokens,
            Optional<BigDecimal> amount) {}
}
