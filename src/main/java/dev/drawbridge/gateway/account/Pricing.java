package dev.drawbridge.gateway.account;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.PriceList;
import dev.drawbridge.usage.CallRecord.Cost;
import dev.drawbridge.usage.price.Place;
import dev.drawbridge.usage.price.Price;
import dev.drawbridge.usage.price.PriceBook;
import dev.drawbridge.usage.price.Rates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What targets cost. In memory, thread-safe. */
@Singleton
public class Pricing implements PriceList {
    private final PriceBook prices;
    private final Rates rates;

    @Inject
    public Pricing(PriceBook prices, Rates rates) {
        this.prices = prices;
        this.rates = rates;
    }

    /** What was used at the target cost; unknown where there is no price. */
    Cost cost(Target target, Usage usage, Instant when) {
        return prices.cost(place(target), usage, when);
    }

    /** The most that so many tokens can cost at the target, or empty where a price or rate is not known. */
    Optional<BigDecimal> atMost(Target target, long input, long output, String currency, Instant when) {
        return prices.at(place(target), when)
                .flatMap(price -> price.atMost(input, output))
                .flatMap(money -> rates.convert(money, currency, when));
    }

    @Override
    public Optional<Money> cost(Target target) {
        return prices.at(place(target), Instant.now()).flatMap(Price::inAndOut);
    }

    Rates rates() {
        return rates;
    }

    private static Place place(Target target) {
        return new Place(target.upstream().name(), target.model(), target.id());
    }
}
