package dev.drawbridge.admin.price;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.usage.price.PriceTerms;
import dev.drawbridge.usage.price.RateTerms;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes no sense in a price or a rate. */
final class TariffChecks {
    private static final int LONGEST = 200;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private TariffChecks() {}

    static void price(PriceTerms price) {
        if (price.model().isBlank() || price.model().length() > LONGEST) {
            throw wrong("model", "model must name a model: as the upstream calls it, or the gateway");
        }
        currency("currency", price.currency());
        if (price.prices().isEmpty() && price.variants().isEmpty()) {
            throw wrong("prices", "prices must name what costs something, such as input and output");
        }
        prices("prices", price.prices());
        for (int i = 0; i < price.tiers().size(); i++) {
            prices("tiers[" + i + "].prices", price.tiers().get(i).prices());
        }
        for (int i = 0; i < price.variants().size(); i++) {
            PriceTerms.Variant variant = price.variants().get(i);
            price("variants[" + i + "]", variant.unit(), variant.price());
        }
    }

    static void rate(RateTerms rate) {
        currency("from", rate.from());
        currency("to", rate.to());
        if (rate.from().equals(rate.to())) {
            throw wrong("to", "to must be another currency than from");
        }
        if (rate.rate().signum() <= 0) {
            throw wrong("rate", "rate must be more than 0");
        }
    }

    private static void prices(String field, Map<String, BigDecimal> prices) {
        prices.forEach((unit, price) -> price(field, unit, price));
    }

    private static void price(String field, String unit, BigDecimal price) {
        if (Unit.of(unit).isEmpty()) {
            throw wrong(
                    field + "." + unit,
                    "\"" + unit + "\" is not a unit; units are "
                            + Arrays.stream(Unit.values()).map(Unit::word).collect(Collectors.joining(", ")));
        }
        if (price.signum() < 0) {
            throw wrong(field + "." + unit, unit + " must not be negative");
        }
    }

    private static void currency(String field, String code) {
        if (!CURRENCIES.contains(code)) {
            throw wrong(field, field + " must be a code of ISO 4217, such as EUR");
        }
    }

    private static GatewayException wrong(String field, String message) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message).at(field);
    }
}
