package dev.drawbridge.gateway.account;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.RequestLog;
import dev.drawbridge.usage.hook.Listeners;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where the records of calls go. No call waits for more than a write to a file. */
@Singleton
public class Records {
    private final LiveConfig config;
    private final Ledger ledger;
    private final RequestLog log;
    private final Listeners listeners;

    @Inject
    public Records(LiveConfig config, Ledger ledger, RequestLog log, Listeners listeners) {
        this.config = config;
        this.ledger = ledger;
        this.log = log;
        this.listeners = listeners;
    }

    void add(CallRecord call) {
        if (config.current().money().ledger().enabled()) {
            ledger.append(call);
        }
        if (config.current().server().requestLog()) {
            log.add(call);
        }
        listeners.add(call);
    }
}
