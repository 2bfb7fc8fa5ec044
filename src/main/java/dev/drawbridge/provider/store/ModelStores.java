package dev.drawbridge.provider.store;

import dev.drawbridge.provider.Upstream;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The doors to upstreams that keep models, by protocol. */
@Singleton
public class ModelStores {
    private final List<ModelStore> stores = new ArrayList<>();

    @Inject
    ModelStores(Instance<ModelStore> stores) {
        this((Iterable<ModelStore>) stores);
    }

    public ModelStores(Iterable<ModelStore> stores) {
        stores.forEach(this.stores::add);
    }

    /** The door to the upstream; empty if it keeps no models. */
    public Optional<ModelStore> of(Upstream upstream) {
        return stores.stream()
                .filter(store -> store.protocol().equals(upstream.preset().protocol()))
                .findFirst();
    }

    /** The only protocol so far whose upstreams fetch models. */
    public ModelStore first() {
        return stores.getFirst();
    }
}
