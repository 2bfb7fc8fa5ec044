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
import java.util.function.BiPredicate;

/**
 * All models of one configuration by all their names, or those of them that somebody may know. Immutable once built; a
 * call keeps the one that it started with.
 */
public final class ModelTable {
    private static final String LATEST = ":latest";

    private final TargetFactory factory;
    private final Map<String, Route> byId;
    private final Map<String, Route> byName;
    private final Map<String, Route> bySpelling;
    private final BiPredicate<String, String> allowed;

    ModelTable(TargetFactory factory) {
        this(factory, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), (id, name) -> true);
    }

    private ModelTable(
            TargetFactory factory,
            Map<String, Route> byId,
            Map<String, Route> byName,
            Map<String, Route> bySpelling,
            BiPredicate<String, String> allowed) {
        this.factory = factory;
        this.byId = byId;
        this.byName = byName;
        this.bySpelling = bySpelling;
        this.allowed = allowed;
    }

    /**
     * The same models, all but some of them as if they were not there.
     *
     * @param allowed whether a model may be known, by its own name and the one that it is asked by
     */
    public ModelTable only(BiPredicate<String, String> allowed) {
        return new ModelTable(factory, byId, byName, bySpelling, allowed);
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
        return byId.values().stream().filter(this::isAllowed).toList();
    }

    private boolean isAllowed(Route route) {
        return allowed.test(route.id(), route.id());
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
        return lookup(name).orElseThrow(() -> unknown(name));
    }

    /** As {@link #find}. */
    public Optional<Route> lookup(String name) {
        return any(name).filter(route -> allowed.test(route.id(), name));
    }

    private Optional<Route> any(String name) {
        return known(name).or(() -> factory.addressed(name));
    }

    /** The route of a model by one of its own names: exact first, then whatever its case and without {@code :latest}. */
    public Optional<Route> listed(String name) {
        return known(name).filter(route -> allowed.test(route.id(), name));
    }

    /** Whether the model of this name, listed or not, is as if it were not there. */
    public boolean hides(String name) {
        return !allowed.test(any(name).map(Route::id).orElse(name), name);
    }

    private Optional<Route> known(String name) {
        return Optional.ofNullable(byName.get(name))
                .or(() -> Optional.ofNullable(byName.get(key(name))))
                .or(() -> Optional.ofNullable(bySpelling.get(key(name))));
    }

    private GatewayException unknown(String name) {
        List<String> near = Nearest.to(name, routes().stream().map(Route::id).toList(), 3);
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
