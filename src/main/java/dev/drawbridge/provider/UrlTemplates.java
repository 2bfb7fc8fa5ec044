package dev.drawbridge.provider;

import dev.drawbridge.catalog.Preset;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of an upstream: a preset's URL templates with the upstream's settings in their placeholders. */
final class UrlTemplates {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

    /** Models come from the file, from lists, or, as {@code upstream/model}, from clients, who could make up many. */
    private static final int MOST_REMEMBERED = 1000;

    private final Preset preset;
    private final Map<String, String> settings;
    private final Map<Call, Optional<URI>> remembered = new ConcurrentHashMap<>();

    private record Call(String path, String model) {}

    UrlTemplates(Preset preset, Map<String, String> settings) {
        this.preset = preset;
        this.settings = settings;
    }

    /** The address of an operation, such as {@code chat/completions}; empty when a setting for it is missing. */
    Optional<URI> uri(String path, String model) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(new Call(path, model), call -> made(path, model));
    }

    private Optional<URI> made(String path, String model) {
        return preset.urls().stream()
                .map(template -> fill(template, path, model))
                .flatMap(Optional::stream)
                .findFirst()
                .map(URI::create);
    }

    /** Whether no template can ever be filled, whatever the model. */
    boolean lacksAddress() {
        return !preset.urls().isEmpty()
                && preset.hosts().isEmpty()
                && uri("models", "any").isEmpty();
    }

    private Optional<String> fill(String template, String path, String model) {
        Matcher placeholder = PLACEHOLDER.matcher(template);
        StringBuilder uri = new StringBuilder();
        while (placeholder.find()) {
            Optional<String> value = value(placeholder.group(1), path, model);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            placeholder.appendReplacement(uri, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(placeholder.appendTail(uri).toString());
    }

    private Optional<String> value(String name, String path, String model) {
        return switch (name) {
            case "path" -> Optional.of(path);
            case "model" ->
                Optional.of(URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20"));
            case "host" -> Optional.ofNullable(preset.hosts().get(model));
            case "base-url" -> Optional.ofNullable(settings.get(name)).map(this::trimmed);
            default ->
                Optional.ofNullable(settings.get(name)).map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8));
        };
    }

    private String trimmed(String baseUrl) {
        String url = baseUrl.replaceAll("/+$", "");
        for (String end : List.copyOf(preset.strip())) {
            if (url.endsWith(end)) {
                return url.substring(0, url.length() - end.length());
            }
        }
        return url;
    }
}
