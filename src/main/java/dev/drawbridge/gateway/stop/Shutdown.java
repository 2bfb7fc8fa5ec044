package dev.drawbridge.gateway.stop;

import dev.drawbridge.cluster.Members;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.Admission;
import dev.drawbridge.usage.RequestLog;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Lets running calls finish before the server goes, for as long as they need and no longer than the grace time.
 *
 * <p>At a signal to the process this happens before the server begins to stop: all still works, and new calls get a
 * proper refusal. A server that stops for another reason, or takes the application away, is held at the last moment that
 * applications are told of; on Payara the connections still work then, and the server itself refuses new calls.
 */
@Singleton
public class Shutdown {
    private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());

    /** For calls that have been ended to say so to their clients. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final LiveConfig config;
    private final Admission admission;
    private final RequestLog log;
    private final Ledger ledger;
    private final Members members;
    private final StopSignals signals = new StopSignals(this::finish);

    @Inject
    public Shutdown(LiveConfig config, Admission admission, RequestLog log, Ledger ledger, Members members) {
        this.config = config;
        this.admission = admission;
        this.log = log;
        this.ledger = ledger;
        this.members = members;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        signals.listen();
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        finish();
    }

    private void finish() {
        admission.close();
        int running = admission.running();
        if (running > 0) {
            Duration grace = config.current().server().shutdownGrace();
            LOG.log(Level.INFO, "Stopping; calls still running: {0}, for at most {1} s", running, grace.toSeconds());
            if (!admission.awaitEmpty(grace)) {
                LOG.log(Level.WARNING, "Stopping; calls ended before their time: {0}", admission.running());
                admission.endAll();
                admission.awaitEmpty(LAST_WORDS);
            }
        }
        log.flush();
        // What is not in the database by now is in the journal, and gets there after the next start.
        if (ledger.flush()) {
            // Others need not wait until it is taken for dead: all that it has spent is known to them.
            members.leave();
        }
    }

    @PreDestroy
    void forget() {
        signals.close();
    }
}
