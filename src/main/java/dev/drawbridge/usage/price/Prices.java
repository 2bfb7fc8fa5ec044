package dev.drawbridge.usage.price;

import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.money.MorePrices;
import dev.drawbridge.inference.Unit;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From prices as people write them to those that are reckoned with. */
final class Prices {
    private Prices() {}

    static Price of(PriceTerms terms, String version) {
        return new Price(
                version,
                terms.currency(),
                units(terms.prices()),
                terms.tiers().stream()
                        .map(tier -> new Price.Tier(tier.above(), units(tier.prices())))
                        .toList(),
                terms.variants().stream()
                        .map(variant -> variant(variant.unit(), variant.when(), variant.price()))
                        .toList());
    }

    static Price of(ModelConfig.Price price, String version) {
        MorePrices more = price.more();
        Map<Unit, BigDecimal> per = units(more.units());
        per.put(Unit.INPUT, price.input());
        price.cachedInput().ifPresent(cached -> per.put(Unit.CACHED_INPUT, cached));
        per.put(Unit.OUTPUT, price.output());
        return new Price(
                more.date().isEmpty() ? version : version + "@" + more.date(),
                price.currency(),
                per,
                more.tiers().stream()
                        .map(tier -> new Price.Tier(tier.above(), units(tier.units())))
                        .toList(),
                more.variants().stream()
                        .map(variant -> variant(variant.unit(), variant.when(), variant.price()))
                        .toList());
    }

    private static Price.Variant variant(String unit, List<String> when, BigDecimal price) {
        return new Price.Variant(Unit.of(unit).orElseThrow(), Set.copyOf(when), price);
    }

    private static Map<Unit, BigDecimal> units(Map<String, BigDecimal> words) {
        Map<Unit, BigDecimal> units = new EnumMap<>(Unit.class);
        words.forEach((word, price) -> units.put(Unit.of(word).orElseThrow(), price));
        return units;
    }
}
