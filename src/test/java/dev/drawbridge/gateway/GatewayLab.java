package dev.drawbridge.gateway;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.Discovery;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Steering;
import dev.drawbridge.routing.health.TargetStates;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.RequestLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole gateway below its doors, with the providers of a test. */
final class GatewayLab implements AutoCloseable {
    private final LiveFile file;
    private final Discovery discovery;
    private final Models models;
    private final Journal journal = new Journal();
    private final TargetStates states = new TargetStates();
    final Gateway gateway;

    GatewayLab(String yaml, ModelProvider provider) {
        file = new LiveFile(yaml);
        Providers providers = new Providers(List.of(provider));
        discovery = new Discovery(providers);
        models = new Models(file.config(), discovery);
        gateway = new Gateway(file.config(), models, providers, states, journal);
    }

    /** Calls that were recorded, in order. */
    List<CallRecord> records() {
        return journal.records;
    }

    /** The only call that was recorded. */
    CallRecord record() {
        if (records().size() != 1) {
            throw new AssertionError("recorded: " + records());
        }
        return records().getFirst();
    }

    /** How many calls the upstream of this name could serve now. */
    int free(String name) {
        Upstream upstream = models.current().upstreams().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return upstream.maxInFlight() - states.inFlight(name);
    }

    /** A call of somebody, in JSON with single quotes for double ones. */
    static Call call(String json) {
        return call(Lab.chat(json));
    }

    static Call call(ModelRequest request) {
        return new Call("req_1", new Caller("somebody"), request, System.nanoTime(), new CallScope(), Steering.NONE);
    }

    @Override
    public void close() {
        models.close();
        discovery.close();
        journal.close();
        file.close();
    }

    private static final class Journal extends RequestLog {
        private final List<CallRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void add(CallRecord call) {
            records.add(call);
        }
    }
}
