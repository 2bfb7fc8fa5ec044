package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.permit.ModelAccess;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Models;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

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

    public ModelTable to(Caller caller) {
        return of(models.current(), directory.chain(caller.account()));
    }

    static ModelTable of(ModelTable all, Chain chain) {
        return chain.models().isEmpty() ? all : all.only((id, name) -> ModelAccess.allows(chain, id, name));
    }
}
