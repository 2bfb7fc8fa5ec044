package dev.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model as clients know it. What is empty here comes from the catalogue.
 *
 * @param place of the entry in the file, for messages: {@code models[0]}
 * @param fallbacks ids of other models, tried when every target failed
 * @param maxTokens tokens to ask for where the client says nothing, and the most to ask for
 * @param context tokens of prompt and answer together
 * @param adaptations further rules for all its targets
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
        List<JsonNode> adaptations) {

    /** @param priority the lowest number is tried first; targets of equal priority share by weight */
    public record TargetConfig(String upstream, String model, int priority, int weight) {}

    /** Limits of the answer, in tokens. */
    public record MaxTokens(OptionalLong byDefault, OptionalLong limit) {
        public static final MaxTokens UNSET = new MaxTokens(OptionalLong.empty(), OptionalLong.empty());
    }

    /** What a million tokens cost, in {@code currency} (ISO 4217). */
    public record Price(String currency, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {}
}
