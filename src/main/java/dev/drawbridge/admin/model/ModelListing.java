package dev.drawbridge.admin.model;

import dev.drawbridge.admin.upstream.Together;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.ModelStores;
import dev.drawbridge.provider.store.StoredModel;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Route;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models whose weights are here, with their sizes, and then those of the configuration; each once. */
@Singleton
public class ModelListing {
    static final String NO_SIZE = "N/A";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LiveConfig config;
    private final Models models;
    private final ModelStores stores;
    private final Together together;

    /**
     * A model.
     *
     * @param size for people: {@code 270 MB}
     * @param type {@code ollama}, {@code openai}, or {@code api} for all others
     * @param configured whether the configuration has it, under whatever name
     * @param ids what clients ask for, where that is another name
     */
    public record Entry(String name, String size, String type, boolean configured, List<String> ids) {}

    @Inject
    public ModelListing(LiveConfig config, Models models, ModelStores stores, Together together) {
        this.config = config;
        this.models = models;
        this.stores = stores;
        this.together = together;
    }

    /** Blocking. What an upstream that does not answer keeps is not in it. */
    public List<Entry> entries() {
        ModelTable table = models.current();
        List<Route> configured = config.current().models().stream()
                .map(ModelConfig::id)
                .flatMap(id -> table.listed(id).stream())
                .toList();
        Map<String, Entry> entries = new LinkedHashMap<>();
        Set<String> shown = new HashSet<>();
        List<Upstream> keepers = table.upstreams().stream()
                .filter(upstream -> stores.of(upstream).isPresent())
                .toList();
        List<Optional<List<StoredModel>>> kept = together.ask(keepers, this::stored, PATIENCE);
        for (int i = 0; i < kept.size(); i++) {
            for (StoredModel model : kept.get(i).orElse(List.of())) {
                List<String> ids = ids(configured, keepers.get(i), model.name());
                shown.addAll(ids);
                entries.merge(model.name(), local(model, ids), ModelListing::both);
            }
        }
        configured.stream()
                .filter(route -> !shown.contains(route.id()))
                .forEach(route ->
                        entries.putIfAbsent(route.id(), new Entry(route.id(), NO_SIZE, type(route), true, List.of())));
        return List.copyOf(entries.values());
    }

    private List<StoredModel> stored(Upstream upstream) {
        try {
            return stores.of(upstream).map(store -> store.stored(upstream)).orElse(List.of());
        } catch (GatewayException e) {
            return List.of();
        }
    }

    private static List<String> ids(List<Route> configured, Upstream upstream, String model) {
        return configured.stream()
                .filter(route -> route.choices().stream()
                        .map(Route.Choice::target)
                        .anyMatch(target -> target.upstream().equals(upstream) && Names.same(target.model(), model)))
                .map(Route::id)
                .toList();
    }

    private static Entry local(StoredModel model, List<String> ids) {
        List<String> others =
                ids.stream().filter(id -> !Names.same(id, model.name())).toList();
        return new Entry(model.name(), HumanSize.of(model.size()), "ollama", !ids.isEmpty(), others);
    }

    /** The same model at two upstreams. */
    private static Entry both(Entry one, Entry other) {
        List<String> ids = new ArrayList<>(one.ids());
        other.ids().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        return new Entry(one.name(), one.size(), one.type(), one.configured() || other.configured(), ids);
    }

    static String type(Route route) {
        Target target = route.choices().getFirst().target();
        if (target.upstream().preset().protocol().equals("ollama")) {
            return "ollama";
        }
        return target.upstream().preset().kind().equals("openai") ? "openai" : "api";
    }
}
