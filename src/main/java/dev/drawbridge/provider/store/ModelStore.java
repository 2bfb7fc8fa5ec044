package dev.drawbridge.provider.store;

import dev.drawbridge.provider.Upstream;
import java.util.List;

/** The door to upstreams that keep the weights of models and fetch more when told to. Blocking, thread-safe. */
public interface ModelStore {

    /** The {@link dev.drawbridge.provider.ModelProvider#protocol} of these upstreams. */
    String protocol();

    /** @throws dev.drawbridge.inference.GatewayException when the upstream does not say */
    List<StoredModel> stored(Upstream upstream);

    /** Fetches a model; who asks for one that is being fetched joins in. The caller closes it. */
    Progress download(Upstream upstream, String model);
}
