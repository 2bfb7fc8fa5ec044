package dev.drawbridge.routing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.adaptation.Adaptation;
import dev.drawbridge.adaptation.AdaptationRules;
import dev.drawbridge.adaptation.MaxTokens;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.CatalogModel;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.RoutingConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes targets of one configuration: what the file says of a model, then what the catalogue and the upstream say. */
final class TargetFactory {
    private final Catalog catalog;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> upstreamRules = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private final RoutingConfig routing;

    TargetFactory(DrawbridgeConfig config) {
        this.catalog = Catalog.with(config.catalogs());
        this.routing = config.routing();
        Presets presets = Presets.with(config.providers());
        for (UpstreamConfig upstream : config.upstreams()) {
            presets.of(upstream.kind()).ifPresent(preset -> {
                upstreams.put(upstream.name(), new Upstream(upstream, preset));
                List<JsonNode> rules = new ArrayList<>(preset.adaptations());
                if (!upstream.settings().containsKey("base-url")) {
                    rules.addAll(preset.atVendor());
                }
                rules.addAll(upstream.adaptations());
                upstreamRules.put(upstream.name(), rules);
            });
            if (upstream.discovery().orElse(!named(upstream.name(), config))) {
                open.add(upstream.name());
            }
        }
    }

    private static boolean named(String upstream, DrawbridgeConfig config) {
        return config.models().stream()
                .flatMap(model -> model.targets().stream())
                .anyMatch(target -> target.upstream().equals(upstream));
    }

    Collection<Upstream> upstreams() {
        return upstreams.values();
    }

    /** Whether the upstream offers all the models that it has. */
    boolean isOpen(Upstream upstream) {
        return open.contains(upstream.name());
    }

    /** A model of the file. */
    Route route(ModelConfig model) {
        List<Route.Choice> choices = new ArrayList<>();
        for (ModelConfig.TargetConfig target : model.targets()) {
            Upstream upstream = upstreams.get(target.upstream());
            if (upstream != null) {
                Target made = target(upstream, new DiscoveredModel(target.model()), model.id(), Optional.of(model));
                choices.add(new Route.Choice(made, target.priority(), target.weight(), target.labels()));
            }
        }
        ModelFacts facts = choices.getFirst().target().facts();
        choices.sort(Comparator.comparingInt(Route.Choice::priority));
        return new Route(
                model.id(), model.aliases(), facts, choices, model.fallbacks(), model.routing(), model.routes());
    }

    /** A model that an upstream lists, under the catalogue's name for it where it has one. */
    Route route(Upstream upstream, DiscoveredModel found) {
        Optional<CatalogModel> known = catalog.at(upstream.preset().kind(), found.id());
        String id = known.map(CatalogModel::id).orElse(found.id());
        List<String> aliases = known.map(CatalogModel::aliases).orElse(List.of());
        return only(target(upstream, found, id, Optional.empty()), aliases);
    }

    private Route only(Target target, List<String> aliases) {
        Route.Choice choice = new Route.Choice(target, 1, 1, Map.of());
        return new Route(target.id(), aliases, target.facts(), List.of(choice), List.of(), routing, List.of());
    }

    /** The models of the catalogue at this kind of upstream, for upstreams that do not list theirs. */
    List<DiscoveredModel> fromCatalog(Upstream upstream) {
        return catalog.all().stream()
                .map(model -> model.at().get(upstream.preset().kind()))
                .filter(Objects::nonNull)
                .map(offer -> new DiscoveredModel(offer.model()))
                .toList();
    }

    /** {@code upstream/model}, whatever the model, if the upstream offers all of them. */
    Optional<Route> addressed(String name) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1 || !open.contains(name.substring(0, slash))) {
            return Optional.empty();
        }
        String model = name.substring(slash + 1);
        return Optional.ofNullable(upstreams.get(name.substring(0, slash)))
                .map(upstream -> target(upstream, new DiscoveredModel(model), id(upstream, model), Optional.empty()))
                .map(target -> only(target, List.of()));
    }

    /** With the catalogue's name for it, so that what is laid down for that counts whatever the upstream calls it. */
    private String id(Upstream upstream, String model) {
        return upstream.name() + "/"
                + catalog.at(upstream.preset().kind(), model)
                        .map(CatalogModel::id)
                        .orElse(model);
    }

    private Target target(Upstream upstream, DiscoveredModel found, String id, Optional<ModelConfig> config) {
        Optional<CatalogModel> known = catalog.at(upstream.preset().kind(), found.id());
        Optional<CatalogModel.Offer> offer =
                known.map(model -> model.at().get(upstream.preset().kind()));
        // The model's rules first: a vendor's last word may remove fields that they read.
        List<JsonNode> rules = new ArrayList<>();
        known.ifPresent(model -> rules.addAll(model.adaptations()));
        offer.ifPresent(there -> rules.addAll(there.adaptations()));
        config.ifPresent(model -> rules.addAll(model.adaptations()));
        rules.addAll(upstreamRules.getOrDefault(upstream.name(), List.of()));
        List<Adaptation> adaptations = new ArrayList<>(List.of(new MaxTokens()));
        rules.forEach(rule -> adaptations.add(AdaptationRules.rule(rule)));
        String model = offer.map(CatalogModel.Offer::model).orElse(found.id());
        return new Target(upstream, model, facts(upstream, found, known, config), List.copyOf(adaptations), id);
    }

    private static ModelFacts facts(
            Upstream upstream, DiscoveredModel found, Optional<CatalogModel> known, Optional<ModelConfig> config) {
        Optional<ModelFacts> facts = known.map(CatalogModel::facts);
        Optional<ModelConfig.MaxTokens> limits = config.map(ModelConfig::maxTokens);
        return new ModelFacts(
                facts.map(ModelFacts::title).orElse(config.map(ModelConfig::id).orElse(found.id())),
                facts.map(ModelFacts::ownedBy).filter(owner -> !owner.isEmpty()).orElse(upstream.name()),
                first(config.map(ModelConfig::context), Optional.of(found.context()), facts.map(ModelFacts::context)),
                first(limits.map(ModelConfig.MaxTokens::byDefault), facts.map(ModelFacts::defaultMaxTokens)),
                first(limits.map(ModelConfig.MaxTokens::limit), facts.map(ModelFacts::maxTokens)),
                Set.copyOf(config.map(ModelConfig::capabilities)
                        .filter(words -> !words.isEmpty())
                        .or(() -> Optional.of(found.capabilities()).filter(words -> !words.isEmpty()))
                        .orElse(List.copyOf(facts.map(ModelFacts::capabilities).orElse(Set.of())))));
    }

    @SafeVarargs
    private static OptionalLong first(Optional<OptionalLong>... values) {
        for (Optional<OptionalLong> value : values) {
            if (value.isPresent() && value.get().isPresent()) {
                return value.get();
            }
        }
        return OptionalLong.empty();
    }
}
