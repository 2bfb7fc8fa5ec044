package dev.drawbridge.usage.price;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.CatalogModel;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.UpstreamConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The prices of one configuration: what its file says of targets and models, then what the catalogue says. */
final class KnownPrices {
    /** Clients may make up names of models, and each is remembered. */
    private static final int MOST_REMEMBERED = 10_000;

    private final DrawbridgeConfig config;
    private final Catalog catalog;
    private final Map<String, String> kinds;
    private final Map<Place, Optional<Price>> remembered = new ConcurrentHashMap<>();

    KnownPrices(DrawbridgeConfig config) {
        this.config = config;
        this.catalog = Catalog.with(config.catalogs());
        this.kinds = config.upstreams().stream()
                .collect(Collectors.toMap(UpstreamConfig::name, UpstreamConfig::kind, (one, other) -> one));
    }

    Optional<Price> of(Place place) {
        Optional<Price> known = remembered.get(place);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        Optional<Price> found = find(place);
        remembered.put(place, found);
        return found;
    }

    private Optional<Price> find(Place place) {
        List<ModelConfig> own = models(place);
        return own.stream()
                .flatMap(model -> model.targets().stream()
                        .filter(target -> isAt(target, place))
                        .flatMap(target -> target.price().stream())
                        .map(price -> Prices.of(price, "config:" + model.id() + "/" + place.upstream())))
                .findFirst()
                .or(() -> own.stream()
                        .filter(model -> model.price().isPresent())
                        .findFirst()
                        .flatMap(model -> model.price().map(price -> Prices.of(price, "config:" + model.id()))))
                .or(() -> catalogued(place));
    }

    /** Those that have this target, the one that was asked for first: it may have been the fallback of another. */
    private List<ModelConfig> models(Place place) {
        List<ModelConfig> own = new ArrayList<>();
        for (ModelConfig model : config.models()) {
            if (model.targets().stream().anyMatch(target -> isAt(target, place))) {
                boolean asked =
                        model.id().equals(place.model()) || model.aliases().contains(place.model());
                own.add(asked ? 0 : own.size(), model);
            }
        }
        return own;
    }

    /** By the configuration's name for it, or by the catalogue's, which the upstream is really sent. */
    private boolean isAt(ModelConfig.TargetConfig target, Place place) {
        return target.upstream().equals(place.upstream())
                && (target.model().equals(place.target())
                        || offer(place.upstream(), target.model())
                                .map(CatalogModel.Offer::model)
                                .filter(place.target()::equals)
                                .isPresent());
    }

    private Optional<Price> catalogued(Place place) {
        return offer(place.upstream(), place.target())
                .flatMap(offer -> offer.price()
                        .map(price ->
                                Prices.of(price, "catalogue:" + kinds.get(place.upstream()) + "/" + offer.model())));
    }

    private Optional<CatalogModel.Offer> offer(String upstream, String model) {
        return Optional.ofNullable(kinds.get(upstream))
                .flatMap(kind -> catalog.at(kind, model)
                        .flatMap(known -> Optional.ofNullable(known.at().get(kind))));
    }
}
