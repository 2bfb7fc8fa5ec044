package dev.drawbridge.usage.price;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * All prices: what administrators have entered, then what the configuration says of the target, of the model, then the
 * catalogue's. In memory, thread-safe.
 */
@Singleton
public class PriceBook {
    private final LiveConfig config;
    private volatile EnteredPrices entered = EnteredPrices.NONE;
    private volatile Known known;

    private record Known(long version, KnownPrices prices) {}

    @Inject
    public PriceBook(LiveConfig config) {
        this.config = config;
        this.known = known(config);
    }

    /**
     * The price of a model at an upstream at that time, or empty where nobody has said it.
     *
     * @param target the upstream's own name of the model
     * @param model the gateway's name of it
     */
    public Optional<Price> at(String upstream, String target, String model, Instant when) {
        return at(new Place(upstream, target, model), when);
    }

    public Optional<Price> at(Place place, Instant when) {
        return entered.at(place, when).or(() -> current().of(place));
    }

    /** What a call cost; unknown where there is no price. */
    public CallRecord.Cost cost(Place place, Usage usage, Instant when) {
        return at(place, when)
                .flatMap(price ->
                        price.cost(usage).map(money -> new CallRecord.Cost(Optional.of(money), price.version())))
                .orElse(CallRecord.Cost.UNKNOWN);
    }

    /** A price has been entered, or changed. */
    public synchronized void enter(String id, long version, PriceTerms terms) {
        entered = entered.with(id, terms, "price:" + id + "@" + version);
    }

    /** A price has been taken out. */
    public synchronized void remove(String id) {
        entered = entered.without(id);
    }

    private KnownPrices current() {
        Known now = known;
        if (now.version() != config.version()) {
            now = known(config);
            known = now;
        }
        return now.prices();
    }

    private static Known known(LiveConfig config) {
        // The version first: what changes meanwhile makes it stale.
        long version = config.version();
        return new Known(version, new KnownPrices(config.current()));
    }
}
