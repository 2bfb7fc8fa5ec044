package dev.drawbridge.routing.health;

import dev.drawbridge.config.ResilienceConfig;
import dev.drawbridge.provider.Upstream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What the targets of an upstream share. For one configuration of it: when that changes there is a new one, which only
 * takes over the calls in flight. Thread-safe.
 */
final class UpstreamHealth {
    private final Upstream upstream;
    private final LongSupplier time;
    private final Places places;
    private final RetryBudget budget;
    private final Hold hold = new Hold();
    private final List<Hold> credentials;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long answered;

    UpstreamHealth(Upstream upstream, LongSupplier time) {
        this(upstream, time, new Places(upstream.name(), limits(upstream), time));
    }

    private UpstreamHealth(Upstream upstream, LongSupplier time, Places places) {
        this.upstream = upstream;
        this.time = time;
        this.places = places;
        this.budget = new RetryBudget(upstream.resilience().retryBudget(), upstream.maxInFlight(), time.getAsLong());
        this.credentials = holds(upstream);
        this.answered = time.getAsLong();
    }

    /** As many as there are credentials. */
    static List<Hold> holds(Upstream upstream) {
        return Stream.generate(Hold::new).limit(upstream.credentials().size()).toList();
    }

    private static Places.Limits limits(Upstream upstream) {
        ResilienceConfig.Queue queue = upstream.resilience().queue();
        return new Places.Limits(upstream.maxInFlight(), queue.size(), queue.patience());
    }

    /** Whether this is the state of it: also of an older configuration, some of whose calls are still on their way. */
    boolean serves(Upstream asked) {
        return asked.equals(upstream) || asked.isOlderThan(upstream);
    }

    UpstreamHealth changedTo(Upstream changed) {
        places.limit(limits(changed));
        return new UpstreamHealth(changed, time, places);
    }

    Upstream upstream() {
        return upstream;
    }

    Places places() {
        return places;
    }

    RetryBudget budget() {
        return budget;
    }

    Hold hold() {
        return hold;
    }

    List<Hold> credentials() {
        return credentials;
    }

    /** Whose turn it is among the credentials. */
    AtomicInteger turn() {
        return turn;
    }

    void answered() {
        answered = time.getAsLong();
    }

    /** Whether nobody has been answered for so long, and nobody waits for an answer. */
    boolean isIdle(long nanos) {
        return time.getAsLong() - answered >= nanos && places.taken() == 0;
    }
}
