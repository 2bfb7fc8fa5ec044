package dev.drawbridge.routing.health;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The states of all targets, by upstream and model. They survive reloads: only those of an upstream whose configuration
 * has changed begin anew. What is not used for an hour is forgotten. Thread-safe.
 */
@Singleton
public class TargetStates {
    private static final System.Logger LOG = System.getLogger(TargetStates.class.getName());
    private static final long KEPT = Duration.ofHours(1).toNanos();
    private static final long SWEEP = Duration.ofMinutes(1).toNanos();

    /** Where clients may ask an upstream for any model, they must not fill the memory with names. */
    private static final int MOST = 10_000;

    private final LongSupplier time;
    private final Map<String, UpstreamHealth> upstreams = new ConcurrentHashMap<>();
    private final Map<Key, TargetState> targets = new ConcurrentHashMap<>();
    private final AtomicLong swept;
    private volatile Watcher watcher = new Watcher() {};

    /** Is told who is there. It must not block. */
    public interface Watcher {
        default void upstream(String name) {}

        default void appeared(String upstream, String model) {}

        default void forgotten(String upstream, String model) {}
    }

    private record Key(String upstream, String model) {}

    @Inject
    public TargetStates() {
        this(System::nanoTime);
    }

    /** @param time in nanoseconds, since whenever */
    public TargetStates(LongSupplier time) {
        this.time = time;
        this.swept = new AtomicLong(time.getAsLong());
    }

    public TargetState of(Target target) {
        UpstreamHealth upstream = of(target.upstream());
        Key key = new Key(target.upstream().name(), target.model());
        TargetState known = targets.get(key);
        if (known != null && known.upstream() == upstream) {
            return known.touched();
        }
        sweep();
        if (known == null && targets.size() >= MOST) {
            return new TargetState(upstream, target.model(), time);
        }
        TargetState state = targets.merge(
                key,
                new TargetState(upstream, target.model(), time),
                (old, fresh) -> old.upstream() == upstream ? old : old.changedTo(upstream));
        if (known == null) {
            watcher.appeared(key.upstream(), key.model());
        }
        return state;
    }

    private UpstreamHealth of(Upstream upstream) {
        UpstreamHealth known = upstreams.get(upstream.name());
        if (known != null && known.serves(upstream)) {
            return known;
        }
        UpstreamHealth health = upstreams.merge(
                upstream.name(),
                new UpstreamHealth(upstream, time),
                (old, fresh) -> old.serves(upstream) ? old : old.changedTo(upstream));
        if (known == null) {
            watcher.upstream(upstream.name());
        }
        return health;
    }

    /** From now on there is one to be told, also of those who are there already. */
    public void watch(Watcher one) {
        watcher = one;
        upstreams.keySet().forEach(one::upstream);
        targets.keySet().forEach(key -> one.appeared(key.upstream(), key.model()));
    }

    private void sweep() {
        long now = time.getAsLong();
        long last = swept.get();
        if (now - last >= SWEEP && swept.compareAndSet(last, now)) {
            targets.forEach((key, state) -> {
                if (state.isUnusedSince(now - KEPT) && targets.remove(key, state)) {
                    watcher.forgotten(key.upstream(), key.model());
                }
            });
        }
    }

    /** Gives all of them a new chance, as a changed configuration does; calls in flight stay counted. */
    public void forgive() {
        upstreams.replaceAll((name, health) -> health.changedTo(health.upstream()));
        targets.replaceAll((key, state) -> {
            UpstreamHealth upstream = upstreams.get(key.upstream());
            return upstream == null ? state : state.changedTo(upstream);
        });
        LOG.log(Level.INFO, "What was learnt of targets is forgotten: all may be asked");
    }

    /** How they all are, by name. */
    public List<TargetReport> all() {
        sweep();
        return targets.values().stream()
                .map(TargetState::report)
                .sorted(Comparator.comparing(TargetReport::upstream).thenComparing(TargetReport::model))
                .toList();
    }

    public Optional<TargetReport> report(String upstream, String model) {
        return Optional.ofNullable(targets.get(new Key(upstream, model))).map(TargetState::report);
    }

    /** Calls that the upstream is answering. */
    public int inFlight(String upstream) {
        UpstreamHealth health = upstreams.get(upstream);
        return health == null ? 0 : health.places().taken();
    }

    /** Calls that wait for a place at the upstream. */
    public int waiting(String upstream) {
        UpstreamHealth health = upstreams.get(upstream);
        return health == null ? 0 : health.places().waiting();
    }

    /**
     * The upstream has answered a question of the gateway's own: what is open there may be tried at once.
     *
     * @param began when it was asked, in the nanoseconds of {@link #now}
     */
    public void answersProbe(Upstream upstream, long began) {
        UpstreamHealth health = of(upstream);
        if (health.hold().disprove(began, now())) {
            LOG.log(Level.INFO, "upstream {0}: held -> free, it answers a probe", upstream);
        }
        targets.values().stream().filter(state -> state.upstream() == health).forEach(TargetState::tryNow);
    }

    /** It has not: if nobody else can say how it is, it is held until the next question. */
    public void failsProbe(Upstream upstream) {
        UpstreamHealth health = of(upstream);
        long every = upstream.resilience().probe().every().toNanos();
        long held =
                every + upstream.resilience().probe().timeout().multipliedBy(2).toNanos();
        if (health.isIdle(every) && health.hold().put(now(), held, ErrorKind.OVERLOADED, "it answers no probe")) {
            LOG.log(Level.WARNING, "upstream {0}: free -> held, it answers no probe", upstream);
        }
    }

    public long now() {
        return time.getAsLong();
    }
}
