package dev.drawbridge.admin.download;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.ManagementConfig;
import dev.drawbridge.provider.store.ModelStore;
import dev.drawbridge.provider.store.ModelStores;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Owner;
import dev.drawbridge.routing.Owners;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** Begins downloads. */
@Singleton
public class Downloads {
    /** No option of a command line, no spaces, nothing that could end a line of a log. */
    private static final Pattern NAME = Pattern.compile("[^-\\s\\p{Cntrl}][^\\s\\p{Cntrl}]{0,511}");

    private final LiveConfig config;
    private final Models models;
    private final ModelStores stores;

    @Inject
    public Downloads(LiveConfig config, Models models, ModelStores stores) {
        this.config = config;
        this.models = models;
        this.stores = stores;
    }

    /**
     * Begins, or joins who fetches the same.
     *
     * @param model as Ollama's registry or Hugging Face names it
     * @param upstream that is to have it, where there are several
     */
    public Downloading begin(String model, Optional<String> upstream) {
        if (model.isEmpty()) {
            throw Refusal.badRequest("download.path-required");
        }
        if (!NAME.matcher(model).matches()) {
            throw Refusal.badRequest("download.path-invalid", model.replaceAll("\\p{Cntrl}", "?"));
        }
        ModelStore store = stores.first();
        Owner owner = new Owners(models.current(), store.protocol(), upstream).of(model);
        ManagementConfig limits = config.current().management();
        return new Downloading(
                owner.upstream(),
                store.download(owner.upstream(), owner.model()),
                new Downloading.Limits(limits.downloadIdle(), limits.downloadTotal()));
    }
}
