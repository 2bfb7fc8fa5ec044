package dev.drawbridge.usage.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A price as an administrator enters it.
 *
 * @param upstream where; empty for all that have no price of their own
 * @param model the upstream's name for it, or the gateway's
 * @param from when it holds, until another of the same upstream and model
 * @param prices of each unit, by its word
 */
public record PriceTerms(
        String upstream,
        String model,
        String currency,
        Instant from,
        Map<String, BigDecimal> prices,
        List<Tier> tiers,
        List<Variant> variants) {

    /** @param above so many tokens of the prompt */
    public record Tier(long above, Map<String, BigDecimal> prices) {}

    /** @param when words that describe the use */
    public record Variant(String unit, List<String> when, BigDecimal price) {}
}
