package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the fields of a mapping that the schema has already approved; what is missing takes its default. */
record Fields(JsonNode node) {

    Fields at(String field) {
        return new Fields(node.path(field));
    }

    /** These fields, and where one is missing, that of the others. */
    Fields over(Fields others) {
        if (!(node instanceof ObjectNode own) || !(others.node instanceof ObjectNode below)) {
            return node.isObject() ? this : others;
        }
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.setAll(below);
        both.setAll(own);
        return new Fields(both);
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

    /** One of the enum's words, as {@code in-lower-case}. */
    <E extends Enum<E>> E word(String field, E otherwise) {
        return has(field)
                ? Enum.valueOf(
                        otherwise.getDeclaringClass(),
                        text(field, "").toUpperCase(Locale.ROOT).replace('-', '_'))
                : otherwise;
    }

    /** {@code 500ms}, {@code 5s}, {@code 10m}, {@code 1h}. */
    Duration duration(String field, String otherwise) {
        return duration(text(field, otherwise));
    }

    /** The same for the text itself. */
    static Duration duration(String text) {
        int unit = text.length() - (text.endsWith("ms") ? 2 : 1);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** {@code 20%}, as 0.2. */
    double share(String field, String otherwise) {
        String text = text(field, otherwise);
        return Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
    }

    /** {@code 100B}, {@code 64KB}, {@code 32MB}, {@code 1GB}, in bytes. */
    long size(String field, String otherwise) {
        String text = text(field, otherwise);
        int unit = text.length() - (Character.isDigit(text.charAt(text.length() - 2)) ? 1 : 2);
        int shift = List.of("B", "KB", "MB", "GB").indexOf(text.substring(unit)) * 10;
        return Long.parseLong(text.substring(0, unit)) << shift;
    }

    /** A list of texts; a text alone is one of one. */
    List<String> texts(String field) {
        return node.path(field).isTextual() ? List.of(text(field, "")) : list(field, JsonNode::asText);
    }

    Map<String, String> map(String field) {
        Map<String, String> values = new LinkedHashMap<>();
        node.path(field)
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(values);
    }

    <T> List<T> list(String field, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        node.path(field).forEach(element -> values.add(read.apply(element)));
        return List.copyOf(values);
    }

    Map<String, Secret> secrets(String field) {
        return map(field, value -> new Secret(value.asText()));
    }

    <T> Map<String, T> map(String field, Function<JsonNode, T> read) {
        Map<String, T> values = new LinkedHashMap<>();
        node.path(field).properties().forEach(entry -> values.put(entry.getKey(), read.apply(entry.getValue())));
        return Map.copyOf(values);
    }
}
