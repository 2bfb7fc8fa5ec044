package dev.drawbridge.credential;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Change;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts stored credentials, and changes of them by any node, into the configuration that calls are made with. */
@Singleton
public class CredentialsInForce implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CredentialsInForce.class.getName());

    /** Until those that could not be decrypted are tried again: the key may have come meanwhile. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Registry registry;
    private final EncryptionKeys keys;
    private final LiveConfig config;
    private final Duration pause;
    private final Map<String, List<Secret>> opened = new HashMap<>();
    private final Map<String, Entry<Credential>> unreadable = new HashMap<>();
    private final Thread retries =
            Thread.ofPlatform().daemon().name("drawbridge-credentials").unstarted(this::keepTrying);

    @Inject
    public CredentialsInForce(Registry registry, EncryptionKeys keys, LiveConfig config) {
        this(registry, keys, config, PAUSE);
    }

    CredentialsInForce(Registry registry, EncryptionKeys keys, LiveConfig config, Duration pause) {
        this.registry = registry;
        this.keys = keys;
        this.config = config;
        this.pause = pause;
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
        retries.start();
    }

    private synchronized void follow(Change<Credential> change) {
        unreadable.remove(change.id());
        Optional<Entry<Credential>> now = change.after();
        if (now.isEmpty()) {
            opened.remove(change.id());
            LOG.log(Level.INFO, "upstream {0}: no credential is stored for it any more", change.id());
            config.useCredentials(opened);
            return;
        }
        try {
            use(now.get());
        } catch (UnreadableException | GatewayException e) {
            // As with a file that has a mistake: what was good until now goes on.
            unreadable.put(change.id(), now.get());
            LOG.log(
                    Level.ERROR,
                    "upstream {0}: its stored credential cannot be used, the one before stays in force: {1}",
                    change.id(),
                    e.getMessage());
        }
    }

    private void use(Entry<Credential> entry) throws UnreadableException {
        opened.put(entry.id(), new Vault(keys.current()).open(entry.id(), entry.value()));
        LOG.log(Level.INFO, "upstream {0}: its stored credential is in force", entry.id());
        config.useCredentials(opened);
    }

    private void keepTrying() {
        try {
            while (true) {
                Thread.sleep(pause);
                tryAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tryAgain() {
        unreadable.values().removeIf(entry -> {
            try {
                use(entry);
                return true;
            } catch (UnreadableException | GatewayException e) {
                // The log and the administrators have been told already.
                return false;
            }
        });
    }

    @Override
    @PreDestroy
    public void close() {
        retries.interrupt();
    }
}
