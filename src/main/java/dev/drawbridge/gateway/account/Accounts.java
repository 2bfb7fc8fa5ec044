package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.gate.Question;
import dev.drawbridge.governance.permit.Governor;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.routing.PriceList;
import dev.drawbridge.usage.CallRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Consumer;

/** Opens the account of each call. All that is asked here is in memory. Thread-safe. */
@Singleton
public class Accounts {
    private final Organisation organisation;
    private final Governor governor;
    private final Pricing pricing;
    private final Consumer<CallRecord> records;

    /** What is laid down for whom. */
    public interface Organisation {
        Chain chain(Account account);

        /**
         * Asks all who may refuse a call before it is made.
         *
         * @throws GatewayException {@code FORBIDDEN} when somebody on whose behalf it is made is blocked; what others
         *     have against it
         */
        default void check(Question question) {}
    }

    @Inject
    Accounts(Laws laws, Governor governor, Pricing pricing, Records records) {
        this(laws, governor, pricing, records::add);
    }

    public Accounts(Organisation organisation, Governor governor, Pricing pricing, Consumer<CallRecord> records) {
        this.organisation = organisation;
        this.governor = governor;
        this.pricing = pricing;
        this.records = records;
    }

    /**
     * The account of a call that has just come in.
     *
     * @param id of the request, as the client sees it
     */
    public Tab open(String id, Caller caller, ModelRequest request) {
        Chain chain = organisation.chain(caller.account());
        return new Tab(this, new Tab.Opened(id, caller, chain, Filled.with(chain.defaults(), request), Instant.now()));
    }

    /** @throws GatewayException as {@link Organisation#check} */
    void check(Question question) {
        organisation.check(question);
    }

    /** What targets cost, for those who choose among them. */
    public PriceList prices() {
        return pricing;
    }

    Governor governor() {
        return governor;
    }

    Pricing pricing() {
        return pricing;
    }

    Consumer<CallRecord> records() {
        return records;
    }
}
