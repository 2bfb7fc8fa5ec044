package dev.drawbridge.admin.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.ModelStores;
import dev.drawbridge.routing.Models;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Adds models to the configuration and switches between them, while calls go on. Blocking, thread-safe. */
@Singleton
public class ModelChanges {
    private final LiveConfig config;
    private final Models models;
    private final ModelStores stores;

    /**
     * How a change is made.
     *
     * @param later whether it waits for the next reload or start
     * @param expected the revision that it was thought out for, if anybody cares
     */
    public record Manner(boolean later, Optional<String> expected) {}

    /** @param warning what may not work yet */
    public record Done(boolean ollama, Optional<Text> warning) {}

    @Inject
    public ModelChanges(LiveConfig config, Models models, ModelStores stores) {
        this.config = config;
        this.models = models;
        this.stores = stores;
    }

    /**
     * Adds a model, or replaces the one of this name.
     *
     * @param provider the model as {@code provider/model}
     */
    public Done add(String name, String provider, Manner manner) {
        Collection<Upstream> upstreams = models.current().upstreams();
        Provided provided = Provided.of(provider, upstreams);
        ModelEdit edit = edit(upstreams);
        change(stored -> edit.add(stored, name, provided), manner);
        return new Done(edit.ollama().contains(provided.upstream().name()), missing(provided));
    }

    public Done switchTo(String name, Manner manner) {
        ModelEdit edit = edit(models.current().upstreams());
        AtomicBoolean ollama = new AtomicBoolean();
        change(
                stored -> {
                    ObjectNode found = edit.find(stored, name);
                    ollama.set(edit.isOllama(found));
                    return edit.switched(stored, found);
                },
                manner);
        return new Done(ollama.get(), Optional.empty());
    }

    private ModelEdit edit(Collection<Upstream> upstreams) {
        return new ModelEdit(
                upstreams.stream()
                        .filter(upstream -> stores.of(upstream).isPresent())
                        .map(Upstream::name)
                        .collect(Collectors.toSet()),
                config.current().management().singleOllamaModel());
    }

    private void change(LiveConfig.Change change, Manner manner) {
        try {
            config.change(
                    stored -> {
                        if (manner.expected().isPresent()
                                && !manner.expected().get().equals(Revision.of(stored))) {
                            throw new Refusal(412, Text.of("manage.conflict"));
                        }
                        return change.of(stored);
                    },
                    manner.later());
        } catch (ConfigException e) {
            throw Refusal.badRequest("manage.invalid", e.problems());
        } catch (IOException e) {
            throw new Refusal(500, Text.of("manage.not-saved", e.getClass().getSimpleName() + " " + e.getMessage()));
        }
    }

    /** Whether the upstream keeps models and lacks this one; it may also come later. */
    private Optional<Text> missing(Provided provided) {
        try {
            return stores.of(provided.upstream())
                    .filter(store -> store.stored(provided.upstream()).stream()
                            .noneMatch(model -> Names.same(model.name(), provided.model())))
                    .map(store -> Text.of(
                            "manage.not-downloaded",
                            provided.model(),
                            provided.upstream().name()));
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }
}
