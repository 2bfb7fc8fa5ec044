package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All kinds of upstream: the built-in ones of {@code catalog/providers.yaml} and the user's own, which come first. */
public final class Presets {
    private static final Presets BUILT_IN = new Presets(CatalogFile.read("providers.yaml"));

    private final Map<String, Preset> byKind = new LinkedHashMap<>();

    private Presets(JsonNode document) {
        document.properties().forEach(entry -> byKind.put(entry.getKey(), preset(entry.getKey(), entry.getValue())));
    }

    public static Presets builtIn() {
        return BUILT_IN;
    }

    /** The built-in presets, and those of a configuration's {@code providers}. */
    public static Presets with(ObjectNode own) {
        Presets presets = new Presets(own);
        BUILT_IN.byKind.forEach(presets.byKind::putIfAbsent);
        return presets;
    }

    public Optional<Preset> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    public Set<String> kinds() {
        return byKind.keySet();
    }

    /** The languages that they speak. */
    public Set<String> protocols() {
        return byKind.values().stream().map(Preset::protocol).collect(Collectors.toUnmodifiableSet());
    }

    public Collection<Preset> all() {
        return byKind.values();
    }

    private static Preset preset(String kind, JsonNode entry) {
        JsonNode auth = entry.path("auth");
        return new Preset(
                kind,
                entry.path("title").asText(kind),
                entry.path("protocol").asText(),
                texts(entry.path("urls")),
                texts(entry.path("strip")),
                map(entry.path("hosts")),
                new Preset.Auth(
                        auth.path("header").asText("Authorization"),
                        auth.path("prefix").asText("Bearer "),
                        Preset.Key.valueOf(auth.path("key").asText("optional").toUpperCase(Locale.ROOT))),
                map(entry.path("headers")),
                entry.path("stream-usage").asBoolean(true),
                entry.path("listing").asBoolean(true),
                environment(entry.path("environment")),
                List.copyOf(elements(entry.path("adaptations"))),
                List.copyOf(elements(entry.path("at-vendor"))),
                FailureRules.with(entry.path("failures")));
    }

    private static Preset.Environment environment(JsonNode environment) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        environment.properties().forEach(entry -> {
            if (!entry.getKey().equals("when")) {
                values.put(entry.getKey(), texts(entry.getValue()));
            }
        });
        List<List<String>> when =
                elements(environment.path("when")).stream().map(Presets::texts).toList();
        return new Preset.Environment(when, values);
    }

    static List<String> texts(JsonNode list) {
        return elements(list).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements;
    }

    private static Map<String, String> map(JsonNode mapping) {
        Map<String, String> map = new LinkedHashMap<>();
        mapping.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(map);
    }
}
