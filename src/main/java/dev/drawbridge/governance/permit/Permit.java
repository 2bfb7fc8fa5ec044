package dev.drawbridge.governance.permit;

import dev.drawbridge.inference.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** What has been set aside for one call. Either it is settled or released, whichever comes first; thread-safe. */
public interface Permit {
    /** For a call that nothing is laid down for. */
    Permit FREE = new Permit() {
        @Override
        public void settle(Used used) {}

        @Override
        public void release() {}

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    };

    /** Takes what was really used and gives the rest back. */
    void settle(Used used);

    /** Gives everything back: the call was refused or failed, and cost nothing. */
    void release();

    /** {@code x-ratelimit-…} and warnings, as of when the call was let in. */
    Map<String, String> headers();

    /**
     * What a call used.
     *
     * @param cost empty where the price is not known
     */
    record Used(long input, long output, Optional<Money> cost, Exchange exchange) {}

    /** From one currency to another, at the rate of the day. */
    @FunctionalInterface
    interface Exchange {
        Optional<BigDecimal> to(String currency, Money money);
    }
}
