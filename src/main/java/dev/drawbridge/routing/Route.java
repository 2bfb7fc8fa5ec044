package dev.drawbridge.routing;

import dev.drawbridge.config.ModelConfig.RouteConfig;
import dev.drawbridge.config.RoutingConfig;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.provider.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that clients can ask for, and who may answer.
 *
 * @param id its first name
 * @param choices its targets, in the order of their priorities
 * @param fallbacks names of other models, for when every target failed
 * @param rules which calls go to which targets
 */
public record Route(
        String id,
        List<String> aliases,
        ModelFacts facts,
        List<Choice> choices,
        List<String> fallbacks,
        RoutingConfig routing,
        List<RouteConfig> rules) {

    /**
     * Who may answer.
     *
     * @param priority the lowest number is tried first; the strategy decides between equal ones
     */
    public record Choice(Target target, int priority, int weight, Map<String, String> labels) {

        boolean has(Map<String, String> wanted) {
            return labels.entrySet().containsAll(wanted.entrySet());
        }
    }

    /** The first rule that applies to a call and leaves it some of these targets. */
    Optional<RouteConfig> rule(List<Choice> eligible, Steering steering, Draw draw) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        // One draw for all: so the shares of the rules add up.
        double point = draw.of(id, "") * 100;
        for (RouteConfig rule : rules) {
            if (rule.header().isEmpty() || steering.header(rule.header()).equals(rule.is())) {
                if (point <= rule.percent() && eligible.stream().anyMatch(choice -> choice.has(rule.to()))) {
                    return Optional.of(rule);
                }
                point -= rule.percent();
            }
        }
        return Optional.empty();
    }

    /** The names of its upstreams, for messages. */
    String upstreams() {
        return String.join(
                ", ",
                choices.stream()
                        .map(choice -> choice.target().upstream().name())
                        .distinct()
                        .toList());
    }
}
