package dev.drawbridge.config;

import dev.drawbridge.config.file.ConfigCheck;
import dev.drawbridge.config.file.ConfigDefaults;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Variables;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration in force. The file is looked at once a second; a valid change is swapped in at once, an invalid one
 * is reported once and leaves the running configuration in place. Whoever works with {@link #current} keeps what it got.
 */
@Singleton
public class LiveConfig {
    private static final System.Logger LOG = System.getLogger(LiveConfig.class.getName());
    private static final long PERIOD_MILLIS = 1000;

    private final Optional<Path> file;
    private final ConfigReader reader;
    private final Thread watcher =
            Thread.ofPlatform().daemon().name("drawbridge-config").unstarted(this::watch);
    private Stamp seen;
    private final AtomicLong version = new AtomicLong();
    private volatile DrawbridgeConfig current;

    @Inject
    LiveConfig(Config settings, Instance<ConfigCheck> checks, ConfigDefaults defaults) {
        this(name -> settings.getOptionalValue(name, String.class).filter(value -> !value.isBlank()), checks, defaults);
    }

    /** @throws ConfigException when the configuration cannot be used: then the gateway does not start */
    public LiveConfig(Variables variables, Iterable<ConfigCheck> checks, ConfigDefaults defaults) {
        Optional<Path> named = variables.get("drawbridge.config").map(Path::of);
        Path usual = Path.of("drawbridge.yaml");
        this.file = named.or(() -> Files.exists(usual) ? Optional.of(usual) : Optional.empty());
        this.reader = new ConfigReader(variables, checks);
        this.seen = file.map(Stamp::of).orElse(Stamp.NONE);
        this.current =
                file.map(reader::read).orElseGet(() -> reader.read(defaults.document(variables), "the environment"));
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

    /** Where the configuration came from, for people. */
    public String origin() {
        return file.map(path -> path.toAbsolutePath().normalize().toString())
                .orElse("no configuration file: the demo, a local Ollama, and vendors whose key is in the environment");
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                file.ifPresent(this::reloadIfChanged);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reloadIfChanged(Path path) {
        Stamp now = Stamp.of(path);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            current = reader.read(path);
            version.incrementAndGet();
            LOG.log(System.Logger.Level.INFO, "{0} has changed and is in force", path);
        } catch (RuntimeException e) {
            // Whatever it is, the next version of the file must have its chance.
            LOG.log(System.Logger.Level.ERROR, "The configuration stays as it was. {0}", e.getMessage());
        }
    }

    @PreDestroy
    public void close() {
        watcher.interrupt();
    }

    /** Tells one version of the file from the next; follows the links that Kubernetes swaps. */
    private record Stamp(String real, FileTime modified, long size) {
        static final Stamp NONE = new Stamp("", FileTime.fromMillis(0), 0);

        static Stamp of(Path path) {
            try {
                Path real = path.toRealPath();
                return new Stamp(real.toString(), Files.getLastModifiedTime(real), Files.size(real));
            } catch (IOException e) {
                return NONE;
            }
        }
    }
}
