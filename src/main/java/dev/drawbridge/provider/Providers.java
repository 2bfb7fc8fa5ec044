package dev.drawbridge.provider;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The doors to upstreams by protocol. A new protocol is a new bean; nothing here changes. */
@Singleton
public class Providers {
    private final Map<String, ModelProvider> byProtocol = new HashMap<>();

    @Inject
    Providers(Instance<ModelProvider> providers) {
        this((Iterable<ModelProvider>) providers);
    }

    public Providers(Iterable<ModelProvider> providers) {
        providers.forEach(provider -> byProtocol.put(provider.protocol(), provider));
    }

    public ModelProvider of(Upstream upstream) {
        ModelProvider provider = byProtocol.get(upstream.preset().protocol());
        if (provider == null) {
            throw new GatewayException(
                    ErrorKind.INTERNAL,
                    "upstream " + upstream.name() + " speaks "
                            + upstream.preset().protocol() + ", which is unknown here");
        }
        return provider;
    }
}
