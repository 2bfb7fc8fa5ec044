package dev.drawbridge.config.money;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An exchange rate.
 *
 * @param rate what one of {@code from} is worth in {@code to}; both ISO 4217
 * @param since when it holds, until there is another
 */
public record RateConfig(String from, String to, BigDecimal rate, Instant since) {}
