package dev.drawbridge.config.money;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What few prices have.
 *
 * @param units by their words: {@code cache-write}, {@code minute} …
 * @param date when the price was read, or empty
 */
public record MorePrices(Map<String, BigDecimal> units, List<Tier> tiers, List<Variant> variants, String date) {
    public static final MorePrices NONE = new MorePrices(Map.of(), List.of(), List.of(), "");

    /** @param units what costs something else in calls whose prompt has more than so many tokens, by words */
    public record Tier(long above, Map<String, BigDecimal> units) {}

    /** @param when words that describe the use */
    public record Variant(String unit, List<String> when, BigDecimal price) {}
}
