package dev.drawbridge.routing;

import dev.drawbridge.config.ModelConfig.RouteConfig;
import dev.drawbridge.config.RoutingConfig;
import dev.drawbridge.config.RoutingConfig.Sticky;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Puts the targets of a model in the order in which one call tries them. Thread-safe if its dice are. */
public final class Router {
    private final Draw dice;
    private final Function<Target, Condition> conditions;
    private final PriceList prices;

    public Router(RandomGenerator dice, Function<Target, Condition> conditions, PriceList prices) {
        this.dice = new Draw.Dice(dice);
        this.conditions = conditions;
        this.prices = prices;
    }

    /**
     * The targets for a call, the first choice first: by priority, those of equal priority as the model's strategy
     * orders them, then those of the fallback models; closed ones behind all that are open.
     *
     * @throws GatewayException {@code MODEL_NOT_FOUND}; {@code INVALID_REQUEST} when it is no model for this operation,
     *     or none of its upstreams is left; {@code FORBIDDEN} when the caller may not choose among them
     */
    public List<Target> targets(ModelTable table, ModelRequest request, Steering steering) {
        Route asked = table.find(request.model());
        if (!asked.facts().may(request.operation())) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, unfit(asked, request.operation())).at("model");
        }
        if (steering.isFree()
                && asked.choices().size() == 1
                && asked.fallbacks().isEmpty()) {
            return List.of(asked.choices().getFirst().target());
        }
        steering.check(asked, table);
        Ranking ranking = new Ranking(conditions, prices);
        for (Route route : withFallbacks(asked, table, request.operation())) {
            add(route, request, steering, ranking);
        }
        return ranking.targets();
    }

    private static List<Route> withFallbacks(Route asked, ModelTable table, Operation operation) {
        if (asked.fallbacks().isEmpty()) {
            return List.of(asked);
        }
        List<Route> routes = new ArrayList<>(List.of(asked));
        for (String name : asked.fallbacks()) {
            // What is not for the caller is no fallback either.
            table.lookup(name)
                    .filter(route -> route.facts().may(operation))
                    .filter(route ->
                            routes.stream().noneMatch(other -> other.id().equals(route.id())))
                    .ifPresent(routes::add);
        }
        return routes;
    }

    private void add(Route route, ModelRequest request, Steering steering, Ranking ranking) {
        RoutingConfig routing = route.routing();
        Draw draw = draw(routing.sticky(), request, steering);
        List<Route.Choice> permitted = steering.permitted(route.choices());
        // Where callers may not choose, as a fallback may say too, a rule binds even if it leaves nobody.
        List<Route.Choice> eligible = routing.pinning() ? permitted : route.choices();
        Optional<RouteConfig> rule = route.rule(eligible, steering, draw);
        if (rule.isEmpty()) {
            ranking.add(permitted, routing.strategy(), draw);
            return;
        }
        Map<String, String> labels = rule.get().to();
        ranking.add(permitted.stream().filter(choice -> choice.has(labels)).toList(), routing.strategy(), draw);
        if (rule.get().failover()) {
            // Those of the rule are there already.
            ranking.add(permitted, routing.strategy(), draw);
        }
    }

    /** Calls that have nothing in common with others are drawn by chance. */
    private Draw draw(Sticky sticky, ModelRequest request, Steering steering) {
        String key = switch (sticky) {
            case NONE -> "";
            case CALLER -> steering.caller();
            case PROMPT_CACHE_KEY -> request.promptCacheKey();
        };
        return key.isEmpty() ? dice : new Draw.Key(key);
    }

    private static String unfit(Route route, Operation operation) {
        String what = switch (operation) {
            case CHAT -> "a chat model";
            case COMPLETION -> "a text completion model";
            case EMBEDDING -> "an embedding model";
        };
        return "\"" + route.id() + "\" is not " + what + "; it offers "
                + String.join(
                        ", ", route.facts().capabilities().stream().sorted().toList());
    }
}
