package dev.drawbridge.gateway;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.gateway.account.Accounts;
import dev.drawbridge.gateway.account.Pricing;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.gate.Question;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.permit.Governor;
import dev.drawbridge.governance.permit.Rules;
import dev.drawbridge.governance.rule.Chain;
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
import dev.drawbridge.usage.price.PriceBook;
import dev.drawbridge.usage.price.Rates;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole gateway below its doors, with the providers of a test. */
final class GatewayLab implements AutoCloseable {
    private final LiveFile file;
    private final Discovery discovery;
    private final Models models;
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final TargetStates states = new TargetStates();
    private final Governor governor = new Governor(
            new Counters(System::nanoTime),
            new BudgetBook(Spending.NONE, Map.of(), notice -> {}),
            () -> new Rules(ZoneOffset.UTC, false),
            Clock.systemUTC());
    private Chain chain = Chain.FREE;
    final Gateway gateway;

    GatewayLab(String yaml, ModelProvider provider) {
        file = new LiveFile(yaml);
        Providers providers = new Providers(List.of(provider));
        discovery = new Discovery(providers);
        models = new Models(file.config(), discovery);
        Pricing pricing = new Pricing(new PriceBook(file.config()), new Rates(file.config()));
        Accounts accounts = new Accounts(new Laws(), governor, pricing, records::add);
        gateway = new Gateway(file.config(), models, providers, states, accounts);
    }

    /** From now on this is laid down for all callers. */
    GatewayLab with(Chain laid) {
        chain = laid;
        return this;
    }

    /** How the budgets stand. */
    List<BudgetState> budgets() {
        return governor.states();
    }

    private final class Laws implements Accounts.Organisation {
        @Override
        public Chain chain(Account account) {
            return chain;
        }

        @Override
        public void check(Question question) {}
    }

    /** Calls that were recorded, in order. */
    List<CallRecord> records() {
        return records;
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
        file.close();
    }
}
