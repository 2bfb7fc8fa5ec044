package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the fields of a mapping that the schema has already approved; what is missing takes its default. */
record Fields(JsonNode node) {

    Fields at(String field) {
        return new Fields(node.path(field));
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    String text(String field, String otherwise) {
        return has(field) ? node.get(field).asText() : otherwise;
    }

    Secret secret(String field) {
        return new Secret(text(field, ""));
    }

    int number(String field, int otherwise) {
        return node.path(field).asInt(otherwise);
    }

    OptionalLong number(String field) {
        return has(field) ? OptionalLong.of(node.get(field).asLong()) : OptionalLong.empty();
    }

    boolean flag(String field, boolean otherwise) {
        return node.path(field).asBoolean(otherwise);
    }

    /** {@code 500ms}, {@code 5s}, {@code 10m}, {@code 1h}. */
    Duration duration(String field, String otherwise) {
        String text = text(field, otherwise);
        int unit = text.length() - (text.endsWith("ms") ? 2 : 1);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** {@code 100B}, {@code 64KB}, {@code 32MB}, {@code 1GB}, in bytes. */
    long size(String field, String otherwise) {
        String text = text(field, otherwise);
        int unit = text.length() - (Character.isDigit(text.charAt(text.length() - 2)) ? 1 : 2);
        int shift = List.of("B", "KB", "MB", "GB").indexOf(text.substring(unit)) * 10;
        return Long.parseLong(text.substring(0, unit)) << shift;
    }

    List<String> texts(String field) {
        return list(field, JsonNode::asText);
    }

    <T> List<T> list(String field, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        node.path(field).forEach(element -> values.add(read.apply(element)));
        return List.copyOf(values);
    }

    Map<String, Secret> secrets(String field) {
        Map<String, Secret> values = new LinkedHashMap<>();
        node.path(field)
                .properties()
                .forEach(entry ->
                        values.put(entry.getKey(), new Secret(entry.getValue().asText())));
        return Map.copyOf(values);
    }
}
