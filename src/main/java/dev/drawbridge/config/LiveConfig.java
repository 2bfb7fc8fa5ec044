package dev.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.file.ConfigCheck;
import dev.drawbridge.config.file.ConfigDefaults;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Variables;
import dev.drawbridge.config.overlay.Overlay;
import dev.drawbridge.config.overlay.OverlayFile;
import dev.drawbridge.config.source.Watched;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration in force: the file, or what the environment makes up for it, and over it the changes that were made
 * while running. The file is looked at once a second, and those that it names; a valid change is swapped in at once, an invalid one is reported
 * once and leaves the running configuration in place. Whoever works with {@link #current} keeps what it got.
 */
@Singleton
public class LiveConfig {
    private static final System.Logger LOG = System.getLogger(LiveConfig.class.getName());
    private static final long PERIOD_MILLIS = 1000;

    private final Variables variables;
    private final Optional<Path> file;
    private final ConfigReader reader;
    private final ConfigDefaults defaults;
    private final OverlayFile managed;
    private final Thread watcher =
            Thread.ofPlatform().daemon().name("drawbridge-config").unstarted(this::watch);
    private final Watched watched;
    private final AtomicLong version = new AtomicLong();
    private volatile Loaded inForce;
    private volatile Loaded stored;
    private Map<String, List<Secret>> credentials = Map.of();
    private volatile DrawbridgeConfig current;

    /**
     * What a configuration was made of.
     *
     * @param file the document of the file with its variables put in
     * @param overlay the changes
     * @param document both together
     */
    public record Loaded(ObjectNode file, Overlay overlay, ObjectNode document, DrawbridgeConfig config) {}

    /** A change of models. */
    @FunctionalInterface
    public interface Change {
        /** The new overlay, from all that is stored. */
        Overlay of(Loaded stored);
    }

    @Inject
    LiveConfig(Config settings, Instance<ConfigCheck> checks, ConfigDefaults defaults) {
        this(name -> settings.getOptionalValue(name, String.class).filter(value -> !value.isBlank()), checks, defaults);
    }

    /** @throws ConfigException when the configuration cannot be used: then the gateway does not start */
    public LiveConfig(Variables variables, Iterable<ConfigCheck> checks, ConfigDefaults defaults) {
        Optional<Path> named = variables.get("drawbridge.config").map(Path::of);
        Path usual = Path.of("drawbridge.yaml");
        this.variables = variables;
        this.file = named.or(() -> Files.exists(usual) ? Optional.of(usual) : Optional.empty());
        this.reader = new ConfigReader(variables, checks);
        this.defaults = defaults;
        this.managed = new OverlayFile(
                Path.of(variables.get("drawbridge.data").orElse("data")).resolve("managed.yaml"));
        this.watched = new Watched(file);
        this.stored = load();
        this.inForce = stored;
        this.current = stored.config();
        if (file.isPresent()) {
            watcher.start();
        }
    }

    public DrawbridgeConfig current() {
        return current;
    }

    /** Changes after the configuration has changed. */
    public long version() {
        return version.get();
    }

    /** The configuration in force, and what it was made of. */
    public Loaded inForce() {
        return inForce;
    }

    /** What will be in force after the next reload; nearly always what is in force now. */
    public Loaded stored() {
        return stored;
    }

    /** Where the configuration came from, for people. */
    public String origin() {
        return file.map(path -> path.toAbsolutePath().normalize().toString())
                .orElse("no configuration file: the demo, a local Ollama, and vendors whose key is in the environment");
    }

    /**
     * Stores a change, and puts it in force. One change at a time: each sees what the one before it has done. When any
     * of it fails, nothing has changed.
     *
     * @param later whether it is only stored, to be in force after the next reload or start
     * @throws ConfigException when the configuration would not be valid
     * @throws IOException when it cannot be stored
     */
    public synchronized void change(Change change, boolean later) throws IOException {
        Overlay overlay = change.of(stored);
        Loaded next = with(overlay, stored);
        managed.write(overlay);
        stored = next;
        if (!later) {
            enforce(next);
        }
    }

    /**
     * Gives upstreams, by name, credentials that are not in the file, in place of those that are there. They are in
     * force at once, and stay so when the file changes; none of the documents here shows them.
     */
    public synchronized void useCredentials(Map<String, List<Secret>> inPlace) {
        credentials = Map.copyOf(inPlace);
        enforce(inForce);
    }

    private void enforce(Loaded next) {
        inForce = next;
        current = next.config().withCredentials(credentials);
        version.incrementAndGet();
    }

    private Loaded load() {
        String from = file.map(Path::toString).orElse("the environment");
        JsonNode written = file.map(ConfigReader::parse).orElseGet(() -> defaults.document(variables));
        watched.names(ConfigReader.files(written));
        JsonNode document = reader.resolve(written, from);
        // By itself first: its mistakes are told with the places that they have in it.
        DrawbridgeConfig plain = reader.validate(document, from);
        ObjectNode object = (ObjectNode) document;
        return with(managed.read(), new Loaded(object, Overlay.NONE, object, plain));
    }

    private Loaded with(Overlay overlay, Loaded base) {
        if (overlay.equals(base.overlay())) {
            return base;
        }
        ObjectNode document = overlay.isEmpty() ? base.file() : overlay.over(base.file());
        return new Loaded(base.file(), overlay, document, reader.validate(document, managed.toString()));
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                reloadIfChanged();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void reloadIfChanged() {
        Optional<Path> changed = watched.changed();
        if (changed.isEmpty()) {
            return;
        }
        try {
            stored = load();
            enforce(stored);
            LOG.log(System.Logger.Level.INFO, "{0} has changed and is in force", changed.get());
        } catch (RuntimeException e) {
            // Whatever it is, the next version of the file must have its chance.
            LOG.log(System.Logger.Level.ERROR, "The configuration stays as it was. {0}", e.getMessage());
        }
    }

    @PreDestroy
    public void close() {
        watcher.interrupt();
    }
}
