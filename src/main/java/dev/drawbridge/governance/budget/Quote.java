package dev.drawbridge.governance.budget;

import java.math.BigDecimal;
import java.util.Optional;

/** What tokens cost at most, or empty where that is not known. */
@FunctionalInterface
public interface Quote {
    Optional<BigDecimal> cost(String currency, long input, long output);
}
