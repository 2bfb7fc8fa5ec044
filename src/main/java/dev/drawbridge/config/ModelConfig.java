package dev.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.money.MorePrices;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model as clients know it. What is empty here comes from the catalogue.
 *
 * @param place of the entry in the file, for messages: {@code models[0]}
 * @param fallbacks ids of other models, tried when every target failed
 * @param maxTokens tokens to ask for where the client says nothing, and the most to ask for
 * @param context tokens of prompt and answer together
 * @param price at targets that have none of their own
 * @param adaptations further rules for all its targets
 * @param routing with the file's defaults where the entry says nothing
 * @param routes calls that go to some of the targets only; the first that applies counts
 */
public record ModelConfig(
        String place,
        String id,
        List<String> aliases,
        List<TargetConfig> targets,
        List<String> fallbacks,
        MaxTokens maxTokens,
        OptionalLong context,
        List<String> capabilities,
        Optional<Price> price,
        List<JsonNode> adaptations,
        RoutingConfig routing,
        List<RouteConfig> routes) {

    /**
     * Who may answer.
     *
     * @param priority the lowest number is tried first; targets of equal priority share by weight
     * @param labels what {@code routes} choose by
     */
    public record TargetConfig(
            String upstream,
            String model,
            int priority,
            int weight,
            Map<String, String> labels,
            Optional<Price> price) {}

    /**
     * Which calls go to which targets.
     *
     * @param header of the call; empty if any will do
     * @param is the header's value
     * @param percent of the calls that have the header
     * @param to labels that the targets have
     * @param failover whether the other targets follow when these have failed
     */
    public record RouteConfig(String header, String is, double percent, Map<String, String> to, boolean failover) {}

    /** Limits of the answer, in tokens. */
    public record MaxTokens(OptionalLong byDefault, OptionalLong limit) {
        public static final MaxTokens UNSET = new MaxTokens(OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * What a million tokens cost, in {@code currency} (ISO 4217).
     *
     * @param cachedInput empty where it is that of input, in each tier its own
     * @param more prices of other units, by their words
     */
    public record Price(
            String currency, BigDecimal input, Optional<BigDecimal> cachedInput, BigDecimal output, MorePrices more) {
        /** Of tokens only. */
        public Price(String currency, BigDecimal input, BigDecimal output) {
            this(currency, input, Optional.empty(), output, MorePrices.NONE);
        }
    }
}
