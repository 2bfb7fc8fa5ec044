package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.catalog.Preset;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.file.ConfigDefaults;
import dev.drawbridge.config.file.Variables;
import dev.drawbridge.inference.Json;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Without a configuration file: the demo, a local Ollama, and each vendor whose variables are set. */
@Singleton
public class EnvironmentUpstreams implements ConfigDefaults {
    private static final String OLLAMA_PORT = "11434";

    @Override
    public ObjectNode document(Variables variables) {
        ObjectNode document = Json.object();
        ArrayNode upstreams = document.putArray("upstreams");
        upstreams.addObject().put("name", "demo").put("kind", "demo");
        upstreams
                .addObject()
                .put("name", "ollama")
                .put("kind", "ollama")
                .put("base-url", ollama(variables.get("OLLAMA_HOST").orElse("")));
        for (Preset preset : Presets.builtIn().all()) {
            if (wanted(preset, variables)) {
                upstreams.add(upstream(preset, variables));
            }
        }
        return document;
    }

    private static boolean wanted(Preset preset, Variables variables) {
        List<List<String>> when = preset.environment().when();
        return !when.isEmpty()
                && when.stream().allMatch(any -> first(any, variables).isPresent());
    }

    private static ObjectNode upstream(Preset preset, Variables variables) {
        ObjectNode upstream = Json.object().put("name", preset.kind()).put("kind", preset.kind());
        preset.environment()
                .values()
                .forEach((setting, names) -> first(names, variables).ifPresent(value -> upstream.put(setting, value)));
        return upstream;
    }

    private static Optional<String> first(List<String> names, Variables variables) {
        return names.stream().map(variables::get).flatMap(Optional::stream).findFirst();
    }

    /**
     * The address that {@code OLLAMA_HOST} stands for: host, port, both or a URL, as Ollama reads it; the address that
     * a server listens on stands for this machine.
     */
    static String ollama(String host) {
        String url = host.isBlank() ? "localhost" : host.strip();
        String scheme = url.startsWith("https://") ? "https://" : "http://";
        String rest = url.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        if (rest.startsWith(":")) {
            rest = "localhost" + rest;
        }
        boolean port = rest.matches(".*:[0-9]+(/.*)?");
        String address = port || url.startsWith("http") ? rest : rest + ":" + OLLAMA_PORT;
        return scheme + address.replaceFirst("^(0\\.0\\.0\\.0|\\[::])", "localhost");
    }
}
