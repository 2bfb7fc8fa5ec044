package dev.drawbridge.admin.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.overlay.Overlay;
import dev.drawbridge.inference.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Changes of the list of models. Models that are taken out are not forgotten: they can be switched to again.
 *
 * @param ollama names of the upstreams that keep models
 * @param single whether one model of theirs may be there at a time
 */
record ModelEdit(Set<String> ollama, boolean single) {

    /** Adds a model, or replaces the one of this name. One of Ollama goes to the head. */
    Overlay add(LiveConfig.Loaded stored, String name, Provided provided) {
        Overlay before = stored.overlay();
        ObjectNode entry = Json.object().put("id", name);
        entry.putArray("targets")
                .addObject()
                .put("upstream", provided.upstream().name())
                .put("model", provided.model());
        List<ObjectNode> models = new ArrayList<>(before.models());
        models.removeIf(model -> Overlay.id(model).equals(name));
        models.add(isOllama(entry) ? 0 : models.size(), entry);
        Overlay added = new Overlay(List.copyOf(models), before.removed(), before.closed(), before.first());
        return settled(added, stored, entry);
    }

    /** Puts a model at the head, and back into the configuration if it was taken out. */
    Overlay switched(LiveConfig.Loaded stored, ObjectNode to) {
        Overlay before = stored.overlay();
        return settled(new Overlay(before.models(), before.removed(), before.closed(), Overlay.id(to)), stored, to);
    }

    /** The model of this name, or else the first whose {@code upstream/model} contains it. */
    ObjectNode find(LiveConfig.Loaded stored, String name) {
        List<ObjectNode> all = stored.overlay().all(stored.file());
        Predicate<ObjectNode> active = model -> !stored.overlay().removed().contains(Overlay.id(model));
        return Stream.of(named(name), partOf(name))
                .flatMap(match -> Stream.of(match.and(active), match.and(active.negate())))
                .flatMap(match -> all.stream().filter(match).limit(1))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, Text.of("manage.unknown", name)));
    }

    private static Predicate<ObjectNode> named(String name) {
        return model -> Overlay.id(model).equals(name)
                || elements(model, "aliases").anyMatch(alias -> alias.asText().equals(name));
    }

    private static Predicate<ObjectNode> partOf(String text) {
        return model -> elements(model, "targets")
                .anyMatch(target -> (Json.text(target, "upstream") + "/" + model(target, model)).contains(text));
    }

    private static String model(JsonNode target, ObjectNode model) {
        return target.path("model").asText(Overlay.id(model));
    }

    /** The overlay with this model in it, and with the rule of the one active model of Ollama. */
    private Overlay settled(Overlay overlay, LiveConfig.Loaded stored, ObjectNode chosen) {
        Set<String> removed = new LinkedHashSet<>(overlay.removed());
        if (isOllama(chosen) && single) {
            overlay.all(stored.file()).stream()
                    .filter(this::isOllama)
                    .map(Overlay::id)
                    .forEach(removed::add);
        }
        removed.remove(Overlay.id(chosen));
        if (!isOllama(chosen)) {
            return new Overlay(overlay.models(), removed, overlay.closed(), overlay.first());
        }
        // With several at a time, their own lists are offered as the file says.
        return new Overlay(overlay.models(), removed, single ? ollama : Set.of(), Overlay.id(chosen));
    }

    /** Whether all that may answer is Ollama. A model that an API answers too is one of that API's. */
    boolean isOllama(ObjectNode model) {
        return elements(model, "targets").allMatch(target -> ollama.contains(Json.text(target, "upstream")));
    }

    private static Stream<JsonNode> elements(ObjectNode model, String list) {
        return StreamSupport.stream(model.path(list).spliterator(), false);
    }
}
