package dev.drawbridge.config.governance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.governance.ListenerConfig.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** From a document that the schema has approved to the records. */
public final class GovernanceBinding {
    private final Function<String, Duration> durations;

    private GovernanceBinding(Function<String, Duration> durations) {
        this.durations = durations;
    }

    /** @param durations reads {@code 500ms} */
    public static GovernanceConfig bind(JsonNode document, Function<String, Duration> durations) {
        return new GovernanceBinding(durations).bind(document);
    }

    private GovernanceConfig bind(JsonNode document) {
        JsonNode budgets = document.path("budgets");
        JsonNode hooks = document.path("hooks");
        return new GovernanceConfig(
                new BudgetConfig(
                        budgets.path("time-zone").asText("UTC"),
                        budgets.path("unknown-price").asText("allow").equals("refuse"),
                        duration(budgets, "refresh", "1m")),
                list(
                        hooks,
                        "before",
                        (hook, place) -> new GateConfig(
                                webhook(hook, place, "1s"),
                                hook.path("on-failure").asText("refuse").equals("refuse"))),
                list(hooks, "after", (hook, place) -> new ListenerConfig(webhook(hook, place, "5s"), events(hook))));
    }

    private WebhookConfig webhook(JsonNode hook, String place, String timeout) {
        return new WebhookConfig(
                place, hook.path("url").asText(), hook.path("secret").asText(), duration(hook, "timeout", timeout));
    }

    private static Set<Event> events(JsonNode hook) {
        if (!hook.has("events")) {
            return Set.of(Event.values());
        }
        Set<Event> events = EnumSet.noneOf(Event.class);
        hook.get("events")
                .forEach(event -> events.add(Event.valueOf(event.asText().toUpperCase(Locale.ROOT))));
        return Set.copyOf(events);
    }

    private Duration duration(JsonNode owner, String field, String otherwise) {
        return durations.apply(owner.path(field).asText(otherwise));
    }

    private static <T> List<T> list(JsonNode hooks, String field, BiFunction<JsonNode, String, T> read) {
        List<T> values = new ArrayList<>();
        for (JsonNode element : hooks.path(field)) {
            values.add(read.apply(element, "hooks." + field + "[" + values.size() + "]"));
        }
        return List.copyOf(values);
    }
}
