package dev.drawbridge.routing;

import dev.drawbridge.config.file.Nearest;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All models of one configuration by all their names. Immutable once built; a call keeps the one that it started with. */
public final class ModelTable {
    private static final String LATEST = ":latest";

    private final TargetFactory factory;
    private final Map<String, Route> byId = new LinkedHashMap<>();
    private final Map<String, Route> byName = new LinkedHashMap<>();
    private final Map<String, Route> bySpelling = new LinkedHashMap<>();

    ModelTable(TargetFactory factory) {
        this.factory = factory;
    }

    /** Adds the route under those of its names that are free. */
    void add(Route route) {
        if (byId.putIfAbsent(route.id(), route) == null) {
            byName.putIfAbsent(route.id(), route);
            bySpelling.putIfAbsent(key(route.id()), route);
            for (String alias : route.aliases()) {
                byName.putIfAbsent(alias, route);
                bySpelling.putIfAbsent(key(alias), route);
            }
        }
    }

    public Collection<Route> routes() {
        return byId.values();
    }

    public Collection<Upstream> upstreams() {
        return factory.upstreams();
    }

    /**
     * The route of a model: its exact name first, then whatever its case and without {@code :latest}, then
     * {@code upstream/model} for upstreams that offer all their models.
     *
     * @throws GatewayException {@code MODEL_NOT_FOUND} with the nearest names
     */
    public Route find(String name) {
        return listed(name).or(() -> factory.addressed(name)).orElseThrow(() -> unknown(name));
    }

    /** The route of a model by one of its own names: exact first, then whatever its case and without {@code :latest}. */
    public Optional<Route> listed(String name) {
        return Optional.ofNullable(byName.get(name))
                .or(() -> Optional.ofNullable(byName.get(key(name))))
                .or(() -> Optional.ofNullable(bySpelling.get(key(name))));
    }

    private GatewayException unknown(String name) {
        List<String> near = Nearest.to(name, byId.keySet(), 3);
        String hint = near.isEmpty() ? "; GET /v1/models lists all" : "; did you mean " + String.join(", ", near) + "?";
        return new GatewayException(
                        ErrorKind.MODEL_NOT_FOUND,
                        "The model \"" + name + "\" does not exist or you have no access to it" + hint)
                .at("model");
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(LATEST) ? lower.substring(0, lower.length() - LATEST.length()) : lower;
    }
}
