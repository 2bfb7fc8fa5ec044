package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.adaptation.AdaptationRules;
import dev.drawbridge.catalog.FailureRule;
import dev.drawbridge.catalog.Preset;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.file.ConfigCheck;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Problems;
import dev.drawbridge.config.file.SchemaCheck;
import dev.drawbridge.transport.TrustStores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Checks what only this package knows: kinds, the settings that each kind needs, rules, trust stores, catalogues. */
@Singleton
public class UpstreamCheck implements ConfigCheck {
    /** The protocol of the demo, which is no server. */
    private static final String WITHOUT_ADDRESS = "demo";

    @Override
    public void check(DrawbridgeConfig config, Problems problems) {
        if (!failureRules(config.providers(), problems)) {
            return;
        }
        Presets presets = Presets.with(config.providers());
        presets.all().forEach(preset -> preset(preset, problems));
        config.providers()
                .properties()
                .forEach(entry -> List.of("adaptations", "at-vendor")
                        .forEach(list -> rules(
                                entry.getValue().path(list), "providers." + entry.getKey() + "." + list, problems)));
        for (UpstreamConfig upstream : config.upstreams()) {
            presets.of(upstream.kind())
                    .ifPresentOrElse(
                            preset -> upstream(upstream, preset, problems),
                            () -> problems.unknown(
                                    upstream.place() + ".kind", "kind of upstream", upstream.kind(), presets.kinds()));
            rules(upstream.adaptations(), upstream.place() + ".adaptations", problems);
        }
        config.models().forEach(model -> rules(model.adaptations(), model.place() + ".adaptations", problems));
        for (int i = 0; i < config.catalogs().size(); i++) {
            catalog(config.catalogs().get(i), "catalogs[" + i + "]", problems);
        }
    }

    /** Whether presets can be made of them: their words must be regular expressions. */
    private static boolean failureRules(ObjectNode providers, Problems problems) {
        boolean good = true;
        for (Map.Entry<String, JsonNode> provider : providers.properties()) {
            int i = 0;
            for (JsonNode rule : provider.getValue().path("failures")) {
                try {
                    FailureRule.pattern(rule);
                } catch (PatternSyntaxException e) {
                    good = false;
                    String place = "providers." + provider.getKey() + ".failures[" + i + "].says";
                    problems.add(place, "is no regular expression: " + e.getDescription());
                }
                i++;
            }
        }
        return good;
    }

    private static void preset(Preset preset, Problems problems) {
        Set<String> protocols = Presets.builtIn().protocols();
        if (!protocols.contains(preset.protocol())) {
            problems.unknown("providers." + preset.kind() + ".protocol", "protocol", preset.protocol(), protocols);
        } else if (preset.urls().isEmpty() && !preset.protocol().equals(WITHOUT_ADDRESS)) {
            problems.add("providers." + preset.kind() + ".urls", "is missing");
        }
    }

    private static void upstream(UpstreamConfig upstream, Preset preset, Problems problems) {
        String baseUrl = upstream.settings().getOrDefault("base-url", "");
        if (!baseUrl.isEmpty() && !ConfigReader.isHttpUrl(baseUrl)) {
            problems.add(upstream.place() + ".base-url", "must be an address such as https://host/v1");
        } else {
            address(upstream, preset, problems);
        }
        boolean vendor = baseUrl.isEmpty();
        if (vendor
                && preset.auth().key() == Preset.Key.REQUIRED
                && upstream.apiKeys().isEmpty()
                && !upstream.keyStored()) {
            problems.add(upstream.place() + ".api-key", "is missing, and kind " + preset.kind() + " needs one");
        }
        String proxy = upstream.connection().proxy();
        if (!proxy.isEmpty() && !ConfigReader.isHttpUrl(proxy)) {
            problems.add(upstream.place() + ".proxy", "must be an address such as http://proxy:3128");
        }
        Upstream.trustStore(upstream.connection()).ifPresent(tls -> {
            try {
                TrustStores.load(tls);
            } catch (IOException | GeneralSecurityException e) {
                problems.add(upstream.place() + ".tls.trust-store", "cannot be used: " + e.getMessage());
            }
        });
    }

    private static void address(UpstreamConfig upstream, Preset preset, Problems problems) {
        try {
            if (new UrlTemplates(preset, upstream.settings()).lacksAddress()) {
                problems.add(
                        upstream.place() + ".base-url", "is missing, and kind " + preset.kind() + " has no default");
            }
        } catch (IllegalArgumentException e) {
            problems.add(upstream.place() + ".kind", "the URLs of kind " + preset.kind() + " make no address");
        }
    }

    private static void rules(Iterable<JsonNode> rules, String place, Problems problems) {
        int i = 0;
        for (JsonNode rule : rules) {
            String name = AdaptationRules.name(rule);
            if (!AdaptationRules.names().contains(name)) {
                problems.unknown(place + "[" + i + "]", "adaptation", name, AdaptationRules.names());
            } else {
                parameters(rule, place + "[" + i + "]", problems);
            }
            i++;
        }
    }

    private static void parameters(JsonNode rule, String place, Problems problems) {
        try {
            AdaptationRules.rule(rule);
        } catch (IllegalArgumentException e) {
            problems.add(place, String.valueOf(e.getMessage()));
        }
    }

    private static void catalogRules(JsonNode model, Problems problems) {
        String place = "model " + model.path("id").asText();
        rules(model.path("adaptations"), place + ".adaptations", problems);
        model.path("at")
                .properties()
                .forEach(offer -> rules(
                        offer.getValue().path("adaptations"),
                        place + ".at." + offer.getKey() + ".adaptations",
                        problems));
    }

    private static void catalog(Path file, String place, Problems problems) {
        try {
            JsonNode document = ConfigReader.parseYaml(Files.readString(file));
            Problems inside = new Problems();
            new SchemaCheck("models.json").check(document, inside);
            List<String> found = inside.all();
            if (found.isEmpty()) {
                document.path("models").forEach(model -> catalogRules(model, inside));
            }
            inside.all().forEach(problem -> problems.add(place, file + ": " + problem));
        } catch (IOException e) {
            problems.add(place, file + " cannot be read: " + e.getMessage());
        }
    }
}
