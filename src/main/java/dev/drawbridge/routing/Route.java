package dev.drawbridge.routing;

import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.provider.Target;
import java.util.List;

/**
 * A model that clients can ask for, and who may answer.
 *
 * @param id its first name
 * @param choices its targets
 * @param fallbacks names of other models, for when every target failed
 */
public record Route(String id, List<String> aliases, ModelFacts facts, List<Choice> choices, List<String> fallbacks) {

    /** @param priority the lowest number is tried first; equal ones share by weight */
    public record Choice(Target target, int priority, int weight) {}
}
