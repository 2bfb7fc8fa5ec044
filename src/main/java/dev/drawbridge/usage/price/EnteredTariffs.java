package dev.drawbridge.usage.price;

import dev.drawbridge.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Keeps prices and rates as they are entered, on whichever node. */
@Singleton
public class EnteredTariffs {
    private final Registry registry;
    private final PriceBook prices;
    private final Rates rates;

    @Inject
    public EnteredTariffs(Registry registry, PriceBook prices, Rates rates) {
        this.registry = registry;
        this.prices = prices;
        this.rates = rates;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        registry.listen(
                TariffKinds.PRICE,
                change -> change.after()
                        .ifPresentOrElse(
                                entry -> prices.enter(entry.id(), entry.version(), entry.value()),
                                () -> prices.remove(change.id())));
        registry.listen(
                TariffKinds.RATE,
                change -> change.after()
                        .ifPresentOrElse(
                                entry -> rates.enter(entry.id(), entry.value()), () -> rates.remove(change.id())));
    }
}
