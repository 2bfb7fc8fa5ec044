package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.gate.Question;
import dev.drawbridge.governance.permit.Permit;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.CallRecord.Cost;
import dev.drawbridge.usage.CallRecord.Outcome;
import dev.drawbridge.usage.CallRecord.Times;
import dev.drawbridge.usage.CallRecord.Who;
import dev.drawbridge.usage.RecordIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account of one call: opened before it is routed, closed once with the record of it. */
public final class Tab {
    private final Accounts accounts;
    private final Opened opened;
    private Permit permit = Permit.FREE;

    record Opened(String id, Caller caller, Chain chain, ModelRequest request, Instant time) {}

    Tab(Accounts accounts, Opened opened) {
        this.accounts = accounts;
        this.opened = opened;
    }

    /** What is asked, with what the caller's organisation puts in. */
    public ModelRequest request() {
        return opened.request();
    }

    /** Those of the models that are for the caller. */
    public ModelTable visible(ModelTable all) {
        return VisibleModels.of(all, opened.chain());
    }

    /**
     * Sets aside what the call may use.
     *
     * @param model the gateway's own name of what is asked
     * @param targets that may answer
     * @throws dev.drawbridge.inference.GatewayException when the caller may not ask this now
     */
    public void admit(String model, List<Target> targets) {
        accounts.check(question(model));
        permit = accounts.governor()
                .admit(
                        opened.chain(),
                        opened.request().model(),
                        new CallDemand(model, opened, targets, accounts.pricing()),
                        opened.time());
    }

    private Question question(String model) {
        return new Question(
                opened.id(),
                opened.caller().name(),
                opened.caller().account(),
                opened.request().operation(),
                model,
                opened.chain().labels());
    }

    /** What the client gets to know of its limits. */
    public Map<String, String> headers() {
        return permit.headers();
    }

    /**
     * The end of the call: what it used is settled, and its record kept, before the client has the last of its answer.
     *
     * @param target who answered, or was asked last
     * @param usage empty where nothing was used
     */
    public void close(Outcome outcome, Times times, Optional<Target> target, Optional<Usage> usage) {
        Cost cost = target.flatMap(one -> usage.map(used -> accounts.pricing().cost(one, used, opened.time())))
                .orElse(Cost.UNKNOWN);
        try {
            accounts.records().accept(record(outcome, times, usage, cost));
        } finally {
            usage.ifPresentOrElse(used -> permit.settle(used(used, cost)), permit::release);
        }
    }

    private CallRecord record(Outcome outcome, Times times, Optional<Usage> usage, Cost cost) {
        return new CallRecord(
                RecordIds.next(opened.time().toEpochMilli()),
                opened.id(),
                opened.time(),
                who(),
                opened.request().operation(),
                opened.request().model(),
                outcome,
                times,
                usage,
                cost,
                opened.chain().labels());
    }

    private Permit.Used used(Usage usage, Cost cost) {
        return new Permit.Used(
                usage.input(),
                usage.output(),
                cost.money(),
                (currency, money) -> accounts.pricing().rates().convert(money, currency, opened.time()));
    }

    private Who who() {
        Account account = opened.caller().account();
        return new Who(opened.caller().name(), account.key(), account.user(), account.project(), account.team());
    }
}
