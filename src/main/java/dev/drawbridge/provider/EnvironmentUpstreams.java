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
        String text = host.strip().replaceAll("^[\"']|[\"']$", "");
        String scheme = text.startsWith("https://") ? "https://" : "http://";
        boolean url = text.startsWith("http://") || text.startsWith("https://");
        String rest = text.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash);
        String address = slash < 0 ? rest : rest.substring(0, slash);
        if (address.chars().filter(c -> c == ':').count() > 1 && !address.startsWith("[")) {
            address = "[" + address + "]";
        }
        if (address.isEmpty() || address.startsWith(":")) {
            address = "localhost" + address;
        }
        boolean port = address.matches(".*:[0-9]+") && !address.endsWith("]");
        String whole = port || url ? address : address + ":" + OLLAMA_PORT;
        return scheme + whole.replaceFirst("^(0\\.0\\.0\\.0|\\[::])", "localhost") + path;
    }
}
