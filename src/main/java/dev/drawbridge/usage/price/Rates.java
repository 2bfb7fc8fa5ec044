package dev.drawbridge.usage.price;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.money.RateConfig;
import dev.drawbridge.inference.Money;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Exchange rates by date: entered ones before the configuration's. Where there is none for two currencies, that of the
 * other direction counts, then one by way of a third currency. In memory, thread-safe.
 */
@Singleton
public class Rates {
    private final LiveConfig config;
    private final Map<String, RateTerms> entered = new ConcurrentHashMap<>();

    @Inject
    public Rates(LiveConfig config) {
        this.config = config;
    }

    /**
     * The amount in that currency at the rate of that time, with as many digits as costs have, or empty where there is
     * no rate.
     */
    public Optional<BigDecimal> convert(Money money, String currency, Instant when) {
        if (money.currency().equals(currency)) {
            return Optional.of(money.amount());
        }
        return rate(money.currency(), currency, when)
                .map(rate -> money.amount().multiply(rate).setScale(Price.SCALE, RoundingMode.HALF_EVEN));
    }

    /** What one of the former is worth in the latter. */
    public Optional<BigDecimal> rate(String from, String to, Instant when) {
        Collection<RateConfig> configured = config.current().money().rates();
        if (entered.isEmpty() && configured.isEmpty()) {
            return Optional.empty();
        }
        return between(from, to, when)
                .or(() -> currencies()
                        .filter(third -> !third.equals(from) && !third.equals(to))
                        .sorted()
                        .flatMap(third -> product(between(from, third, when), between(third, to, when)).stream())
                        .findFirst());
    }

    private static Optional<BigDecimal> product(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.flatMap(first -> other.map(second -> first.multiply(second, MathContext.DECIMAL128)));
    }

    private Optional<BigDecimal> between(String from, String to, Instant when) {
        return direct(from, to, when)
                .or(() -> direct(to, from, when).map(rate -> BigDecimal.ONE.divide(rate, MathContext.DECIMAL128)));
    }

    private Optional<BigDecimal> direct(String from, String to, Instant when) {
        return newest(entered.values().stream(), from, to, when).or(() -> newest(configured(), from, to, when));
    }

    private static Optional<BigDecimal> newest(Stream<RateTerms> rates, String from, String to, Instant when) {
        return rates.filter(rate -> rate.from().equals(from) && rate.to().equals(to))
                .filter(rate -> !rate.since().isAfter(when))
                .max(Comparator.comparing(RateTerms::since))
                .map(RateTerms::rate);
    }

    private Stream<RateTerms> configured() {
        return config.current().money().rates().stream()
                .map(rate -> new RateTerms(rate.from(), rate.to(), rate.rate(), rate.since()));
    }

    private Stream<String> currencies() {
        return Stream.concat(entered.values().stream(), configured())
                .flatMap(rate -> Stream.of(rate.from(), rate.to()))
                .distinct();
    }

    /** A rate has been entered, or changed. */
    public void enter(String id, RateTerms rate) {
        entered.put(id, rate);
    }

    /** A rate has been taken out. */
    public void remove(String id) {
        entered.remove(id);
    }
}
