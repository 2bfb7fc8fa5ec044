package dev.drawbridge.config.money;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** From a document that the schema has approved to the records. */
public final class MoneyBinding {
    private static final Set<String> NAMED = Set.of("input", "cached-input", "output", "above");
    private static final int KEEP_DAYS = 400;

    private MoneyBinding() {}

    public static MoneyConfig money(JsonNode document) {
        JsonNode ledger = document.path("ledger");
        return new MoneyConfig(
                list(document.path("rates"), MoneyBinding::rate),
                new LedgerConfig(
                        ledger.path("enabled").asBoolean(true),
                        LedgerConfig.Sync.valueOf(word(ledger.path("sync").asText("grouped"))),
                        LedgerConfig.OnFailure.valueOf(
                                word(ledger.path("on-failure").asText("go-on"))),
                        ledger.path("keep-days").asInt(KEEP_DAYS)));
    }

    /** What a price has besides those of input, cached input and output. */
    public static MorePrices more(JsonNode price) {
        Map<String, BigDecimal> units = units(price);
        units.keySet().removeAll(NAMED);
        return new MorePrices(
                Map.copyOf(units),
                list(price.path("tiers"), tier -> {
                    Map<String, BigDecimal> prices = units(tier);
                    prices.remove("above");
                    return new MorePrices.Tier(tier.path("above").asLong(), Map.copyOf(prices));
                }),
                list(price.path("variants"), MoneyBinding::variant),
                price.path("date").asText(""));
    }

    private static MorePrices.Variant variant(JsonNode variant) {
        return new MorePrices.Variant(
                variant.path("unit").asText(),
                list(variant.path("when"), JsonNode::asText),
                variant.path("price").decimalValue());
    }

    private static RateConfig rate(JsonNode rate) {
        Instant since = rate.has("date")
                ? LocalDate.parse(rate.get("date").asText())
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                : Instant.EPOCH;
        return new RateConfig(
                rate.path("from").asText(),
                rate.path("to").asText(),
                rate.path("rate").decimalValue(),
                since);
    }

    private static Map<String, BigDecimal> units(JsonNode prices) {
        Map<String, BigDecimal> units = new LinkedHashMap<>();
        prices.properties().stream()
                .filter(field -> field.getValue().isNumber())
                .forEach(field -> units.put(field.getKey(), field.getValue().decimalValue()));
        return units;
    }

    private static String word(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        array.forEach(element -> values.add(read.apply(element)));
        return List.copyOf(values);
    }
}
