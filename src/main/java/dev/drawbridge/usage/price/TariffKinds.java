package dev.drawbridge.usage.price;

import dev.drawbridge.registry.Kind;

/** What the registry keeps of prices. */
public final class TariffKinds {
    public static final Kind<PriceTerms> PRICE = new Kind<>("price", PriceTerms.class);
    public static final Kind<RateTerms> RATE = new Kind<>("rate", RateTerms.class);

    private TariffKinds() {}
}
