package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.permit.ModelAccess;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Route;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;

/** The models that a caller may ask: of others callers do not even see the names. */
@Singleton
public class VisibleModels {
    private final Models models;
    private final Directory directory;

    @Inject
    public VisibleModels(Models models, Directory directory) {
        this.models = models;
        this.directory = directory;
    }

    public Collection<Route> to(Caller caller) {
        Chain chain = directory.chain(caller.account());
        Collection<Route> all = models.current().routes();
        return chain.models().isEmpty()
                ? all
                : all.stream()
                        .filter(route -> ModelAccess.allows(chain, route.id(), route.id()))
                        .toList();
    }

    /** @throws GatewayException {@code MODEL_NOT_FOUND} where there is none, or none for this caller */
    public Route find(String name, Caller caller) {
        Route route = models.current().find(name);
        check(route.id(), name, caller);
        return route;
    }

    /**
     * @param id the gateway's own name of the model, where it has one
     * @param name as the caller calls it
     * @throws GatewayException {@code MODEL_NOT_FOUND}
     */
    public void check(String id, String name, Caller caller) {
        ModelAccess.check(directory.chain(caller.account()), id, name);
    }
}
