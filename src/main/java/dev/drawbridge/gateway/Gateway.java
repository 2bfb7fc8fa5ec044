package dev.drawbridge.gateway;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.gateway.account.Accounts;
import dev.drawbridge.gateway.account.Tab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Router;
import dev.drawbridge.routing.health.Lease;
import dev.drawbridge.routing.health.TargetStates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Answers calls. Blocking: call it on virtual threads. Thread-safe. */
@Singleton
public class Gateway {
    private final LiveConfig config;
    private final Models models;
    private final Providers providers;
    private final TargetStates states;
    private final Accounts accounts;
    private final Router router;

    @Inject
    public Gateway(LiveConfig config, Models models, Providers providers, TargetStates states, Accounts accounts) {
        this.config = config;
        this.models = models;
        this.providers = providers;
        this.states = states;
        this.accounts = accounts;
        // Each thread has dice of its own: those of RandomGenerator.getDefault() are not for many at once.
        this.router = new Router(() -> ThreadLocalRandom.current().nextLong(), states::of, accounts.prices());
    }

    /**
     * A whole answer from the first target that succeeds.
     *
     * @throws GatewayException when none does
     */
    public Answer<ModelReply> answer(Call call) {
        Meter meter = meter(call);
        return meter.reply(meter.failing(() -> first(meter, this::reply, reply -> {})));
    }

    /**
     * A streamed answer from the first target that begins one; the caller closes it.
     *
     * @throws GatewayException when none does
     */
    public Answer<ModelStream> stream(Call call) {
        Meter meter = meter(call);
        return meter.stream(meter.failing(() -> first(meter, this::begin, ModelStream::close)));
    }

    /**
     * Refuses a call that its door cannot even put to a model; it is recorded as all others are.
     *
     * @throws GatewayException the reason
     */
    public void refuse(Call call, GatewayException reason) {
        meter(call).failing(() -> {
            throw reason;
        });
    }

    private <T> Answer<T> first(Meter meter, Tries.Ask<T> ask, Consumer<T> discard) {
        Call call = meter.call();
        Tries tries = meter.tries();
        ModelTable table = meter.tab().visible(models.current());
        String model = table.find(call.request().model()).id();
        List<Target> targets = router.targets(table, call.request(), call.steering());
        meter.tab().admit(model, targets);
        RetryConfig retries = config.current().retries();
        boolean hedged = !retries.hedge().isZero() && targets.size() > 1;
        Attempts.Pass<T> pass = hedged
                ? new Race<>(tries, ask, call.scope(), new Race.Terms<>(retries.hedge(), discard))
                : new InTurn<>(tries, ask, call.scope(), false);
        return new Attempts(retries, tries, call.scope())
                .first(targets, pass, new InTurn<>(tries, ask, call.scope(), true));
    }

    private ModelReply reply(ModelRequest adapted, Lease lease, CallScope scope) {
        Target target = lease.target();
        long start = System.nanoTime();
        ModelReply reply = providers.of(target.upstream()).answer(target, adapted, scope);
        lease.answered(System.nanoTime() - start);
        for (var rule : target.adaptations()) {
            reply = rule.reply(reply);
        }
        lease.close();
        return reply;
    }

    private ModelStream begin(ModelRequest adapted, Lease lease, CallScope scope) {
        Target target = lease.target();
        long start = System.nanoTime();
        ModelStream begun = HeldBack.until(providers.of(target.upstream()).stream(target, adapted, scope));
        lease.answered(System.nanoTime() - start);
        ModelStream stream = new LeasedStream(begun, lease);
        for (var rule : target.adaptations()) {
            stream = rule.stream(stream);
        }
        return stream;
    }

    private Meter meter(Call call) {
        Tab tab = accounts.open(call.id(), call.caller(), call.request());
        Call filled = call.with(tab.request());
        return new Meter(filled, new Tries(filled.request(), states), tab);
    }
}
