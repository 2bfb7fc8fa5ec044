package dev.drawbridge.routing;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.provider.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Puts the targets of a model in the order in which one call tries them. Stateless but for its dice. */
public final class Router {
    private final RandomGenerator dice;

    public Router(RandomGenerator dice) {
        this.dice = dice;
    }

    /**
     * The targets for a call, the first choice first: by priority, those of equal priority drawn by weight, then those
     * of the fallback models.
     *
     * @throws GatewayException {@code MODEL_NOT_FOUND}, or {@code INVALID_REQUEST} when it is no model for this operation
     */
    public List<Target> targets(ModelTable table, ModelRequest request) {
        Route asked = table.find(request.model());
        if (!asked.facts().may(request.operation())) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, unfit(asked, request.operation())).at("model");
        }
        List<Target> targets = new ArrayList<>();
        for (Route route : withFallbacks(asked, table, request.operation())) {
            TreeMap<Integer, List<Route.Choice>> byPriority = new TreeMap<>();
            route.choices()
                    .forEach(choice -> byPriority
                            .computeIfAbsent(choice.priority(), priority -> new ArrayList<>())
                            .add(choice));
            byPriority.values().forEach(equals -> draw(equals, targets));
        }
        return targets;
    }

    private static Collection<Route> withFallbacks(Route asked, ModelTable table, Operation operation) {
        if (asked.fallbacks().isEmpty()) {
            return List.of(asked);
        }
        Set<Route> routes = new LinkedHashSet<>(Set.of(asked));
        asked.fallbacks().stream()
                .map(table::find)
                .filter(route -> route.facts().may(operation))
                .forEach(routes::add);
        return routes;
    }

    private void draw(List<Route.Choice> choices, List<Target> targets) {
        int weights = choices.stream().mapToInt(Route.Choice::weight).sum();
        while (!choices.isEmpty()) {
            int drawn = choices.size() == 1 ? 0 : index(choices, dice.nextInt(weights));
            Route.Choice choice = choices.remove(drawn);
            weights -= choice.weight();
            targets.add(choice.target());
        }
    }

    private static int index(List<Route.Choice> choices, int point) {
        int index = 0;
        int sum = choices.getFirst().weight();
        while (sum <= point) {
            index++;
            sum += choices.get(index).weight();
        }
        return index;
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
