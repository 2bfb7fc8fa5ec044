package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.ModelConfig.Price;
import dev.drawbridge.inference.ModelFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model beforehand: an entry of {@code catalog/models.yaml}.
 *
 * @param id what clients ask for
 * @param at where it can be had, by kind of upstream
 * @param adaptations rules that it needs everywhere
 */
public record CatalogModel(
        String id, List<String> aliases, ModelFacts facts, Map<String, Offer> at, List<JsonNode> adaptations) {

    /**
     * The model at one kind of upstream.
     *
     * @param model the upstream's name for it
     * @param adaptations rules that it needs there
     */
    public record Offer(String model, Optional<Price> price, List<JsonNode> adaptations) {}
}
