package dev.drawbridge.usage.ledger;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.StoreException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/** Makes the sums of past hours and deletes old records, once a minute. */
@Singleton
public class Housekeeping {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final LiveConfig config;
    private final HourlySums sums;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-sums").unstarted(this::run);

    @Inject
    public Housekeeping(LiveConfig config, Database database) {
        this.config = config;
        this.sums = new HourlySums(database, Clock.systemUTC());
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            sums.renew();
            sums.prune(Duration.ofDays(config.current().money().ledger().keepDays()));
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "The database is away", e);
        } catch (RuntimeException e) {
            // The next minute is another try, and until then sums are taken from the records.
            LOG.log(Level.WARNING, "The ledger's sums could not be renewed", e);
        }
    }

    @PreDestroy
    public void close() {
        thread.interrupt();
    }
}
