package dev.drawbridge.routing;

import dev.drawbridge.inference.Money;
import dev.drawbridge.provider.Target;
import java.util.Optional;

/** What targets cost now. It is asked while a call waits, so that it must know it from memory. */
@FunctionalInterface
public interface PriceList {
    /** Nobody has said it. */
    PriceList NONE = target -> Optional.empty();

    /** A million tokens in and a million out, to compare; empty where nobody has said it. */
    Optional<Money> cost(Target target);
}
