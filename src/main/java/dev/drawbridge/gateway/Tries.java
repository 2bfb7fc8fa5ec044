package dev.drawbridge.gateway;

import dev.drawbridge.adaptation.Adaptation;
import dev.drawbridge.adaptation.Context;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease;
import dev.drawbridge.routing.health.Lease.Manner;
import dev.drawbridge.routing.health.TargetStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Asks targets for one call, each in its own form, tells their states how it went, and counts. Thread-safe. */
final class Tries {
    private static final System.Logger LOG = System.getLogger(Tries.class.getName());

    private final ModelRequest request;
    private final TargetStates states;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong queued = new AtomicLong();
    private final List<Target> asked = Collections.synchronizedList(new ArrayList<>(2));
    private volatile Optional<Target> lastTarget = Optional.empty();

    /** The question to one target. When the answer is good the lease is told so, and closed after its last piece. */
    interface Ask<T> {
        T ask(ModelRequest adapted, Lease lease, CallScope scope);
    }

    Tries(ModelRequest request, TargetStates states) {
        this.request = request;
        this.states = states;
    }

    /** How often upstreams were asked. */
    int count() {
        return count.get();
    }

    /** Who was asked last. */
    Optional<Target> lastTarget() {
        return lastTarget;
    }

    /** How many milliseconds the call waited for places at upstreams; empty where it did not. */
    OptionalLong queuedMillis() {
        long millis = TimeUnit.NANOSECONDS.toMillis(queued.get());
        return millis > 0 ? OptionalLong.of(millis) : OptionalLong.empty();
    }

    /** Whether the target was asked, and not only passed over. */
    boolean hasAsked(Target target) {
        return asked.contains(target);
    }

    /** How long until the target may be asked; zero when it may be now. */
    Duration closedFor(Target target) {
        return states.of(target).closedFor();
    }

    /** Whether the upstream can bear to be asked again. */
    boolean mayRetry(Target target) {
        return states.of(target).mayRetry();
    }

    /**
     * @param scope its end ends the try
     * @throws GatewayException when the target fails, or may not be asked
     */
    <T> Answer<T> ask(Target target, CallScope scope, Manner manner, Ask<T> ask) {
        Lease lease = taken(target, scope, manner);
        asked.add(target);
        count.incrementAndGet();
        lastTarget = Optional.of(target);
        try {
            Context context = new Context(target.facts());
            T content = ask.ask(adapted(target, context), lease, scope);
            return new Answer<>(content, target, count.get(), context.report());
        } catch (GatewayException e) {
            lease.failed(e);
            lease.close();
            // Not the vendor's words: they may quote the prompt, or our credential.
            LOG.log(e.kind().level(), () -> "upstream " + target + " failed: " + e.kind());
            throw e;
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private Lease taken(Target target, CallScope scope, Manner manner) {
        long start = System.nanoTime();
        try {
            return states.of(target).take(target, scope, manner);
        } finally {
            queued.addAndGet(System.nanoTime() - start);
        }
    }

    private ModelRequest adapted(Target target, Context context) {
        ModelRequest adapted = request.forModel(target.model());
        for (Adaptation rule : target.adaptations()) {
            adapted = rule.request(adapted, context);
        }
        return adapted;
    }
}
