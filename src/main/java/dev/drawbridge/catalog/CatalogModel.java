package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.ModelConfig.Price;
import dev.drawbridge.inference.ModelFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** Whether this kind of upstream has the model, under this name. */
    boolean isOfferedAs(String kind, String name) {
        Offer offer = at.get(kind);
        return offer != null && offer.model().equalsIgnoreCase(name);
    }

    /** What holds of the model wherever it runs. */
    CatalogModel elsewhere() {
        ModelFacts everywhere = new ModelFacts(
                facts.title(),
                facts.ownedBy(),
                facts.context(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                facts.capabilities());
        return new CatalogModel(id, aliases, everywhere, Map.of(), adaptations);
    }
}
