package dev.drawbridge.usage.price;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An exchange rate as an administrator enters it.
 *
 * @param rate what one of {@code from} is worth in {@code to}; both ISO 4217
 * @param since when it holds, until there is another of the same two
 */
public record RateTerms(String from, String to, BigDecimal rate, Instant since) {}
