package dev.drawbridge.routing;

import dev.drawbridge.config.RoutingConfig.Strategy;
import dev.drawbridge.inference.Money;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The targets of one call in the order in which to try them: those added first come first, and closed ones behind all
 * that are open. Each is there once.
 */
final class Ranking {
    /** Behind all that were measured: a new target answers one call before it gets more. */
    private static final double UNMEASURED = 1e30;

    private static final Comparator<Place> BY_DRAW = Comparator.comparingDouble(Place::draw);
    private static final Comparator<Place> BY_SCORE = (one, other) -> one.score() == other.score()
            ? Double.compare(one.draw(), other.draw())
            : Double.compare(one.score(), other.score());

    private final Function<Target, Condition> conditions;
    private final PriceList prices;
    private final List<Target> open = new ArrayList<>();
    private final List<Closed> closed = new ArrayList<>(0);

    /** An open target; of two the one with the lower score, then with the lower draw is better. */
    private record Place(Target target, double score, double draw) {}

    private record Closed(Target target, Duration period) {}

    /**
     * What decides between targets of equal priority.
     *
     * @param currency that of the first of them whose price is known: amounts of money compare only in one
     */
    private record Rule(Strategy strategy, Draw draw, Optional<String> currency) {}

    Ranking(Function<Target, Condition> conditions, PriceList prices) {
        this.conditions = conditions;
        this.prices = prices;
    }

    /** Adds the targets of a model, which come in the order of their priorities. */
    void add(List<Route.Choice> choices, Strategy strategy, Draw draw) {
        int from = 0;
        while (from < choices.size()) {
            int to = from + 1;
            while (to < choices.size()
                    && choices.get(to).priority() == choices.get(from).priority()) {
                to++;
            }
            addEquals(choices.subList(from, to), strategy, draw);
            from = to;
        }
    }

    List<Target> targets() {
        if (closed.size() > 1) {
            closed.sort(Comparator.comparing(Closed::period));
        }
        closed.forEach(one -> add(one.target()));
        return open;
    }

    private void addEquals(List<Route.Choice> choices, Strategy strategy, Draw draw) {
        // Who comes back to the same target does so whatever the strategy.
        Strategy applied = draw instanceof Draw.Key ? Strategy.WEIGHTED : strategy;
        Rule rule = new Rule(applied, draw, applied == Strategy.CHEAPEST ? currency(choices) : Optional.empty());
        List<Place> places = new ArrayList<>(choices.size() == 1 ? 0 : choices.size());
        for (Route.Choice choice : choices) {
            Condition condition = conditions.apply(choice.target());
            Duration period = condition.closedFor();
            if (period.isPositive()) {
                closed.add(new Closed(choice.target(), period));
            } else if (choices.size() == 1) {
                add(choice.target());
            } else {
                places.add(place(choice, condition, rule));
            }
        }
        if (applied == Strategy.LOWEST_LATENCY) {
            takeBetterOfTwo(places);
        } else if (places.size() > 1) {
            places.sort(BY_SCORE);
        }
        for (Place place : places) {
            add(place.target());
        }
    }

    private Optional<String> currency(List<Route.Choice> choices) {
        return choices.stream()
                .flatMap(choice -> prices.cost(choice.target()).stream())
                .map(Money::currency)
                .findFirst();
    }

    private Place place(Route.Choice choice, Condition condition, Rule rule) {
        double weight = choice.weight() * condition.warmth();
        double score = switch (rule.strategy()) {
            case WEIGHTED -> 0;
            case LEAST_IN_FLIGHT -> condition.inFlight() / weight;
            case LOWEST_LATENCY -> load(condition);
            case CHEAPEST -> cost(choice.target(), rule.currency());
        };
        Target target = choice.target();
        double drawn = rule.draw().of(target.upstream().name(), target.model());
        // The lowest of such numbers belongs to each target as often as its share of the weights is, and so on for the
        // rest; a target more or less changes nothing between the others (weighted rendezvous hashing).
        return new Place(target, score, -Math.log(drawn) / weight);
    }

    private double cost(Target target, Optional<String> currency) {
        return prices.cost(target)
                .filter(cost -> currency.equals(Optional.of(cost.currency())))
                .map(cost -> cost.amount().doubleValue())
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double load(Condition condition) {
        if (condition.latencyNanos() > 0) {
            return condition.latencyNanos() * (condition.inFlight() + 1);
        }
        return condition.inFlight() == 0 ? 0 : UNMEASURED * condition.inFlight();
    }

    /**
     * The better of two that are drawn, then the better of the other and a third, and so on. Were it always the best of
     * all, all callers would run to it at once.
     */
    private static void takeBetterOfTwo(List<Place> places) {
        places.sort(BY_DRAW);
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).score() == 0) {
                places.addFirst(places.remove(i));
                break;
            }
        }
        for (int i = 1; i < places.size(); i++) {
            if (places.get(i).score() < places.get(i - 1).score()) {
                Collections.swap(places, i - 1, i);
            }
        }
    }

    private void add(Target target) {
        for (Target other : open) {
            if (same(target, other)) {
                return;
            }
        }
        open.add(target);
    }

    private static boolean same(Target one, Target other) {
        return one.model().equals(other.model())
                && one.upstream().name().equals(other.upstream().name());
    }
}
