package dev.drawbridge.credential;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Change;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts stored credentials, and changes of them by any node, into the configuration that calls are made with. */
@Singleton
public class CredentialsInForce {
    private static final System.Logger LOG = System.getLogger(CredentialsInForce.class.getName());

    private final Registry registry;
    private final EncryptionKeys keys;
    private final LiveConfig config;
    private final Map<String, List<Secret>> opened = new HashMap<>();

    @Inject
    public CredentialsInForce(Registry registry, EncryptionKeys keys, LiveConfig config) {
        this.registry = registry;
        this.keys = keys;
        this.config = config;
    }

    /** Early: before the upstreams are asked for their models with what the file has. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Object event) {
        start();
    }

    /** From now on they are in force. */
    public void start() {
        registry.listen(Credential.KIND, this::follow);
    }

    private synchronized void follow(Change<Credential> change) {
        Optional<Entry<Credential>> now = change.after();
        if (now.isEmpty()) {
            opened.remove(change.id());
            LOG.log(Level.INFO, "upstream {0}: no credential is stored for it any more", change.id());
        } else if (!open(now.get())) {
            return;
        }
        config.useCredentials(opened);
    }

    private boolean open(Entry<Credential> entry) {
        try {
            opened.put(entry.id(), new Vault(keys.current()).open(entry.id(), entry.value()));
            LOG.log(Level.INFO, "upstream {0}: its stored credential is in force", entry.id());
            return true;
        } catch (UnreadableException | GatewayException e) {
            // As with a file that has a mistake: what was good until now goes on.
            LOG.log(
                    Level.ERROR,
                    "upstream {0}: its stored credential cannot be used, the one before stays in force: {1}",
                    entry.id(),
                    e.getMessage());
            return false;
        }
    }
}
