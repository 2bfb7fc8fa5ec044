package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.file.ConfigBinding;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.inference.ModelFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The model catalogue: the built-in {@code catalog/models.yaml}, overridden entry by entry by the user's own files. */
public final class Catalog {
    private static final Catalog BUILT_IN = new Catalog(List.of(CatalogFile.read("models.yaml")));

    private final Map<String, CatalogModel> byId = new LinkedHashMap<>();

    private Catalog(List<JsonNode> documents) {
        for (JsonNode document : documents) {
            for (JsonNode entry : document.path("models")) {
                byId.put(entry.path("id").asText(), model(entry));
            }
        }
    }

    public static Catalog builtIn() {
        return BUILT_IN;
    }

    /** @throws UncheckedIOException when a file cannot be read; the configuration's check has tried it before */
    public static Catalog with(List<Path> files) {
        if (files.isEmpty()) {
            return BUILT_IN;
        }
        List<JsonNode> documents = new ArrayList<>(List.of(CatalogFile.read("models.yaml")));
        try {
            for (Path file : files) {
                documents.add(ConfigReader.parseYaml(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Catalog(documents);
    }

    public Collection<CatalogModel> all() {
        return byId.values();
    }

    public Optional<CatalogModel> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The entry of a model at a kind of upstream, by the upstream's name for it or by ours. The same weights elsewhere
     * are the same model, without what is only said of another place.
     */
    public Optional<CatalogModel> at(String kind, String name) {
        return byId.values().stream()
                .filter(model -> model.isOfferedAs(kind, name))
                .findFirst()
                .or(() -> byId(name).map(model -> model.at().containsKey(kind) ? model : model.elsewhere()));
    }

    private static CatalogModel model(JsonNode entry) {
        String id = entry.path("id").asText();
        Map<String, CatalogModel.Offer> at = new LinkedHashMap<>();
        entry.path("at").properties().forEach(offer -> at.put(offer.getKey(), offer(offer.getValue(), id)));
        ModelFacts facts = new ModelFacts(
                entry.path("title").asText(id),
                entry.path("owned-by").asText(""),
                number(entry.path("context")),
                number(entry.path("max-tokens").path("default")),
                number(entry.path("max-tokens").path("limit")),
                new HashSet<>(Presets.texts(entry.path("capabilities"))));
        return new CatalogModel(id, Presets.texts(entry.path("aliases")), facts, at, rules(entry));
    }

    private static CatalogModel.Offer offer(JsonNode offer, String id) {
        return new CatalogModel.Offer(
                offer.path("model").asText(id),
                offer.has("price") ? Optional.of(ConfigBinding.price(offer.get("price"))) : Optional.empty(),
                rules(offer));
    }

    private static List<JsonNode> rules(JsonNode entry) {
        List<JsonNode> rules = new ArrayList<>();
        entry.path("adaptations").forEach(rules::add);
        return List.copyOf(rules);
    }

    private static OptionalLong number(JsonNode value) {
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }
}
