package dev.drawbridge.config.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What administrators have changed of the models while the gateway runs: the content of {@code managed.yaml}. It holds
 * plain values, never variables: what somebody sends must not be able to read the environment.
 *
 * @param models entries in the form of the file's; one with the id of a model of the file replaces that
 * @param removed ids of models, of the file or of this list, that are out of the configuration until they are put back
 * @param closed names of upstreams that offer no list of their own, unless the file says so itself
 * @param first id of the model that stands at the head, or empty
 */
public record Overlay(List<ObjectNode> models, Set<String> removed, Set<String> closed, String first) {
    public static final Overlay NONE = new Overlay(List.of(), Set.of(), Set.of(), "");
    private static final List<String> LISTS = List.of("models", "removed", "closed");
    private static final String FIRST = "first";

    /** The names of a model entry. */
    private static Stream<String> names(JsonNode model) {
        return Stream.concat(Stream.of(id(model)), texts(model.path("aliases")).stream());
    }

    public static String id(JsonNode model) {
        return model.path("id").asText();
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** @throws ConfigException when the document is none of ours */
    static Overlay read(JsonNode document, Path file) {
        Problems problems = new Problems();
        if (!document.isObject()) {
            problems.add("", "must be a mapping");
        }
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            check(field.getKey(), field.getValue(), problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems.all());
        }
        List<ObjectNode> models = new ArrayList<>();
        document.path("models").forEach(entry -> models.add((ObjectNode) entry));
        return new Overlay(
                List.copyOf(models),
                texts(document.path("removed")),
                texts(document.path("closed")),
                document.path(FIRST).asText());
    }

    private static void check(String key, JsonNode value, Problems problems) {
        if (LISTS.contains(key)) {
            if (!value.isArray()) {
                problems.add(key, "must be a list");
            }
            for (int i = 0; i < value.size(); i++) {
                boolean good = key.equals("models")
                        ? value.get(i).path("id").isTextual()
                        : value.get(i).isTextual();
                if (!good) {
                    problems.add(
                            key + "[" + i + "]", key.equals("models") ? "must be a model with an id" : "must be text");
                }
            }
        } else if (!key.equals(FIRST)) {
            problems.unknown(
                    "",
                    "key",
                    key,
                    Stream.concat(LISTS.stream(), Stream.of(FIRST)).toList());
        }
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("models").addAll(models);
        removed.forEach(document.putArray("removed")::add);
        closed.forEach(document.putArray("closed")::add);
        return first.isEmpty() ? document : document.put(FIRST, first);
    }

    /** All models that there are, whether or not they are out of the configuration: these first, then the file's. */
    public List<ObjectNode> all(JsonNode file) {
        Set<String> ours = models.stream().map(Overlay::id).collect(Collectors.toSet());
        List<ObjectNode> all = new ArrayList<>(models);
        file.path("models").forEach(entry -> {
            if (entry instanceof ObjectNode model && !ours.contains(id(model))) {
                all.add(model);
            }
        });
        all.sort((one, other) -> Boolean.compare(id(other).equals(first), id(one).equals(first)));
        return all;
    }

    /** The file's document with the changes; what it shares with the file is not copied. */
    public ObjectNode over(ObjectNode file) {
        List<ObjectNode> active =
                all(file).stream().filter(model -> !removed.contains(id(model))).toList();
        Set<String> known = active.stream().flatMap(Overlay::names).collect(Collectors.toSet());
        Set<String> gone = Stream.concat(
                        models.stream(),
                        StreamSupport.stream(file.path("models").spliterator(), false))
                .flatMap(Overlay::names)
                .filter(name -> !known.contains(name))
                .collect(Collectors.toSet());
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll(file);
        ArrayNode list = merged.putArray("models");
        active.forEach(model -> list.add(without(gone, model)));
        if (file.path("upstreams") instanceof ArrayNode upstreams) {
            ArrayNode settled = merged.putArray("upstreams");
            upstreams.forEach(upstream -> settled.add(settled(upstream, file)));
        }
        return merged;
    }

    /** The model without fallbacks that are out of the configuration. */
    private static ObjectNode without(Set<String> gone, ObjectNode model) {
        if (texts(model.path("fallbacks")).stream().noneMatch(gone::contains)) {
            return model;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(model);
        ArrayNode fallbacks = copy.putArray("fallbacks");
        texts(model.path("fallbacks")).stream()
                .filter(name -> !gone.contains(name))
                .forEach(fallbacks::add);
        return copy;
    }

    /**
     * The upstream with its discovery said aloud. The default depends on whether a model of the file names it; models
     * that come and go here must not make its other models go and come.
     */
    private JsonNode settled(JsonNode upstream, ObjectNode file) {
        if (upstream.hasNonNull("discovery")) {
            return upstream;
        }
        String name = upstream.path("name").asText();
        boolean named = StreamSupport.stream(file.path("models").spliterator(), false)
                .flatMap(model -> StreamSupport.stream(model.path("targets").spliterator(), false))
                .anyMatch(target -> target.path("upstream").asText().equals(name));
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll((ObjectNode) upstream);
        return copy.put("discovery", !named && !closed.contains(name));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
