package dev.drawbridge.config.file;

import dev.drawbridge.config.AddressRange;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.UpstreamConfig;
import jakarta.enterprise.inject.Vetoed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what the schema cannot: names that must be unique, and names that must be somebody's. */
@Vetoed // called by the reader itself
final class ReferenceCheck implements ConfigCheck {

    @Override
    public void check(DrawbridgeConfig config, Problems problems) {
        config.server()
                .url()
                .filter(url -> !ConfigReader.isHttpUrl(url))
                .ifPresent(url -> problems.add("server.url", "must be an address such as https://llm.example.com"));
        List<AddressRange> proxies = config.server().trustedProxies();
        for (int i = 0; i < proxies.size(); i++) {
            if (!proxies.get(i).isValid()) {
                problems.add("server.trusted-proxies[" + i + "]", "must be an address or a range such as 10.0.0.0/8");
            }
        }
        Set<String> upstreams = new HashSet<>();
        for (UpstreamConfig upstream : config.upstreams()) {
            if (!upstreams.add(upstream.name())) {
                problems.add(upstream.place() + ".name", "\"" + upstream.name() + "\" is taken by another upstream");
            }
        }
        Set<String> names = new HashSet<>();
        for (ModelConfig model : config.models()) {
            unique(model, names, problems);
        }
        Set<String> ids = config.models().stream()
                .flatMap(model -> Stream.concat(Stream.of(model.id()), model.aliases().stream()))
                .collect(Collectors.toSet());
        config.models().forEach(model -> references(model, upstreams, ids, problems));
    }

    private static void unique(ModelConfig model, Set<String> names, Problems problems) {
        if (!names.add(model.id())) {
            problems.add(model.place() + ".id", "\"" + model.id() + "\" is taken by another model");
        }
        for (int i = 0; i < model.aliases().size(); i++) {
            if (!names.add(model.aliases().get(i))) {
                problems.add(
                        model.place() + ".aliases[" + i + "]",
                        "\"" + model.aliases().get(i) + "\" is taken by another model");
            }
        }
    }

    private static void references(ModelConfig model, Set<String> upstreams, Set<String> ids, Problems problems) {
        List<ModelConfig.TargetConfig> targets = model.targets();
        for (int i = 0; i < targets.size(); i++) {
            if (!upstreams.contains(targets.get(i).upstream())) {
                problems.unknown(
                        model.place() + ".targets[" + i + "].upstream",
                        "upstream",
                        targets.get(i).upstream(),
                        upstreams);
            }
        }
        for (int i = 0; i < model.routes().size(); i++) {
            Map<String, String> labels = model.routes().get(i).to();
            if (targets.stream().noneMatch(target -> target.labels().entrySet().containsAll(labels.entrySet()))) {
                problems.add(model.place() + ".routes[" + i + "].to", "no target of the model has these labels");
            }
        }
        for (int i = 0; i < model.fallbacks().size(); i++) {
            String fallback = model.fallbacks().get(i);
            if (!ids.contains(fallback)) {
                problems.unknown(model.place() + ".fallbacks[" + i + "]", "model", fallback, ids);
            }
        }
    }
}
