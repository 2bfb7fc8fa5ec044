package dev.drawbridge.usage.price;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one model costs at one place.
 *
 * @param version where it comes from, so that it can be found again
 * @param currency ISO 4217
 * @param per the price of each unit, for as many as {@link Unit#priced} says
 * @param tiers other prices for long prompts, whole calls of them
 * @param variants other prices for some uses
 */
public record Price(
        String version, String currency, Map<Unit, BigDecimal> per, List<Tier> tiers, List<Variant> variants) {

    /** Digits after the point of an amount: a millionth of a millionth. What is finer is rounded, half to even. */
    public static final int SCALE = 12;

    private static final long SECOND = 1000;
    private static final long MILLION = 1_000_000;

    /** @param above so many tokens of the prompt, each unit named here has this price for the whole call */
    public record Tier(long above, Map<Unit, BigDecimal> per) {}

    /** @param when words that all must be among the usage's; of several variants that apply, the one with most counts */
    public record Variant(Unit unit, Set<String> when, BigDecimal price) {}

    /** A price without exceptions. */
    public Price(String version, String currency, Map<Unit, BigDecimal> per) {
        this(version, currency, per, List.of(), List.of());
    }

    /**
     * What was used costs this. Vendors bill a call by its tokens, by time, by characters or by images, and some count
     * several of them: those without a price are taken as not billed, as long as any is.
     *
     * @return empty when nothing of what was used has a price
     */
    public Optional<Money> cost(Usage usage) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean used = false;
        boolean priced = false;
        for (Unit unit : Unit.values()) {
            long amount = usage.of(unit);
            if (amount > 0) {
                used |= unit != Unit.CALL;
                Optional<BigDecimal> price = price(unit, usage);
                priced |= price.isPresent();
                sum = sum.add(price.map(each -> cost(unit, amount, each)).orElse(BigDecimal.ZERO));
            }
        }
        return priced || !used ? Optional.of(new Money(rounded(sum), currency)) : Optional.empty();
    }

    /** A million tokens in and a million out, without exceptions; empty where neither has a price. */
    public Optional<Money> inAndOut() {
        return plain(Unit.INPUT).isEmpty() && plain(Unit.OUTPUT).isEmpty()
                ? Optional.empty()
                : Optional.of(new Money(
                        Stream.of(Unit.INPUT, Unit.OUTPUT)
                                .flatMap(unit -> plain(unit).stream())
                                .reduce(BigDecimal.ZERO, BigDecimal::add),
                        currency));
    }

    /**
     * The most that one call of so many tokens can cost, whichever of them turn out to be what.
     *
     * @return empty when neither tokens nor calls have a price
     */
    public Optional<Money> atMost(long input, long output) {
        if (!isOfTokensOrCalls()) {
            return Optional.empty();
        }
        BigDecimal most = cost(Unit.INPUT, input, dearest(Unit.INPUT, input))
                .add(cost(Unit.OUTPUT, output, dearest(Unit.OUTPUT, input)))
                .add(dearest(Unit.CALL, input));
        return Optional.of(new Money(rounded(most), currency));
    }

    private boolean isOfTokensOrCalls() {
        for (Unit unit : per.keySet()) {
            if (unit.isToken() || unit == Unit.CALL) {
                return true;
            }
        }
        return false;
    }

    private BigDecimal dearest(Unit family, long input) {
        BigDecimal dearest = dearest(per, family);
        for (Tier tier : tiers) {
            dearest = tier.above() < input ? dearest.max(dearest(tier.per(), family)) : dearest;
        }
        for (Variant variant : variants) {
            dearest = family(variant.unit()) == family ? dearest.max(variant.price()) : dearest;
        }
        return dearest;
    }

    private static BigDecimal dearest(Map<Unit, BigDecimal> prices, Unit family) {
        BigDecimal dearest = BigDecimal.ZERO;
        for (Map.Entry<Unit, BigDecimal> price : prices.entrySet()) {
            if (family(price.getKey()) == family) {
                dearest = dearest.max(price.getValue());
            }
        }
        return dearest;
    }

    private static Unit family(Unit unit) {
        return unit.otherwise().map(Price::family).orElse(unit);
    }

    private Optional<BigDecimal> price(Unit unit, Usage usage) {
        return variants.isEmpty() && tiers.isEmpty() ? plain(unit) : special(unit, usage);
    }

    private Optional<BigDecimal> plain(Unit unit) {
        BigDecimal own = per.get(unit);
        return own == null ? unit.otherwise().flatMap(this::plain) : Optional.of(own);
    }

    private Optional<BigDecimal> special(Unit unit, Usage usage) {
        Optional<Variant> variant = variants.stream()
                .filter(one -> one.unit() == unit && usage.more().variant().containsAll(one.when()))
                .max(Comparator.comparingInt(one -> one.when().size()));
        if (variant.isPresent()) {
            return variant.map(Variant::price);
        }
        Optional<BigDecimal> tier = tiers.stream()
                .filter(one -> usage.input() > one.above() && one.per().containsKey(unit))
                .max(Comparator.comparingLong(Tier::above))
                .map(one -> one.per().get(unit));
        return tier.or(() -> Optional.ofNullable(per.get(unit)))
                .or(() -> unit.otherwise().flatMap(other -> price(other, usage)));
    }

    private static BigDecimal cost(Unit unit, long amount, BigDecimal price) {
        long billed = unit == Unit.MINUTE ? Math.ceilDiv(amount, SECOND) * SECOND : amount;
        BigDecimal all = price.multiply(BigDecimal.valueOf(billed));
        // Of tokens only the point moves, which is exact, and many times as fast as a division.
        return unit.priced() == MILLION
                ? all.movePointLeft(6)
                : all.divide(BigDecimal.valueOf(unit.priced()), 2 * SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal rounded(BigDecimal amount) {
        BigDecimal exact = amount.scale() <= SCALE ? amount : amount.setScale(SCALE, RoundingMode.HALF_EVEN);
        BigDecimal plain = exact.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
