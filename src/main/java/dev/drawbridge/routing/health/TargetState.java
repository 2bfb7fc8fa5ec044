package dev.drawbridge.routing.health;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.health.Lease.Manner;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** How one target is, under one configuration of its upstream. Thread-safe. */
public final class TargetState implements Condition {
    private static final System.Logger LOG = System.getLogger(TargetStates.class.getName());

    private final UpstreamHealth upstream;
    private final String model;
    private final LongSupplier time;
    private final Breaker breaker;
    private final Credentials credentials;
    private final Hold hold = new Hold();
    private final PeakEwma latency;
    private final AtomicInteger inFlight;
    private volatile long used;

    TargetState(UpstreamHealth upstream, String model, LongSupplier time) {
        this(upstream, model, time, new PeakEwma(), new AtomicInteger());
    }

    private TargetState(
            UpstreamHealth upstream, String model, LongSupplier time, PeakEwma latency, AtomicInteger inFlight) {
        this.upstream = upstream;
        this.model = model;
        this.time = time;
        this.latency = latency;
        this.inFlight = inFlight;
        this.breaker = new Breaker(name(upstream, model), upstream.upstream().resilience(), time);
        this.credentials =
                new Credentials(upstream.credentials(), UpstreamHealth.holds(upstream.upstream()), upstream.turn());
        this.used = time.getAsLong();
    }

    /** The same target when its upstream's configuration has changed: with new chances, and the calls in flight. */
    TargetState changedTo(UpstreamHealth changed) {
        return new TargetState(changed, model, time, latency, inFlight);
    }

    /** How long until it may be asked; zero when it may be now. */
    @Override
    public Duration closedFor() {
        return closure(now()).map(closed -> Duration.ofNanos(closed.nanos())).orElse(Duration.ZERO);
    }

    /** Calls that it is answering. */
    @Override
    public int inFlight() {
        return inFlight.get();
    }

    /** The time to the first token, in which a peak counts at once and is forgotten over 10 s; 0 while unknown. */
    @Override
    public double latencyNanos() {
        return latency.at(now());
    }

    /** The share of the calls that it should get: 1, and after a recovery rising from 0.1 to 1. */
    @Override
    public double warmth() {
        return breaker.warmth();
    }

    /** Whether the upstream's budget allows another retry there; it is spent. */
    public boolean mayRetry() {
        return upstream.budget().take(now());
    }

    /**
     * A place for a call. The caller closes it, whatever happens.
     *
     * @param target this one, with what the call knows of it
     * @param scope its end ends the wait
     * @throws GatewayException when it may not be asked, with a {@code retryAfter} after which it may: {@code
     *     OVERLOADED} when it is full or has failed too often, the kind of the failure for which it is held, {@code
     *     CLIENT_GONE} when the scope has ended
     */
    public Lease take(Target target, CallScope scope, Manner manner) {
        if (scope.hasEnded()) {
            throw scope.reason();
        }
        refuseWhenClosed(manner);
        Places.Place place = upstream.places().take(scope, manner != Manner.PASSING);
        try {
            // Much may have happened while it waited.
            refuseWhenClosed(manner);
            return lease(target, place, manner);
        } catch (GatewayException e) {
            place.abandon();
            throw e;
        }
    }

    private Lease lease(Target target, Places.Place place, Manner manner) {
        int credential = credentials.next(now());
        if (credential == Credentials.NONE) {
            throw refusal();
        }
        Breaker.Permission permission = breaker.enter()
                .or(() -> manner == Manner.INSISTING ? Optional.of(breaker.breakIn()) : Optional.empty())
                .orElseThrow(this::refusal);
        inFlight.incrementAndGet();
        upstream.budget().deposit();
        return new TargetLease(this, with(credential, target), permission, place);
    }

    /** A call of an older configuration may know fewer credentials. */
    private static Target with(int credential, Target target) {
        List<Upstream> views = target.upstream().credentials();
        return views.size() == 1 || credential >= views.size()
                ? target
                : new Target(views.get(credential), target.model(), target.facts(), target.adaptations());
    }

    private void refuseWhenClosed(Manner manner) {
        long now = now();
        boolean bypassed = manner == Manner.INSISTING && breaker.left(now) > 0 && held(now) == 0;
        if (!bypassed) {
            closure(now).ifPresent(closed -> {
                throw closed.refusal();
            });
        }
    }

    /** Others were faster. */
    private GatewayException refusal() {
        return closure(now())
                .orElseGet(() -> new Closure(0, ErrorKind.OVERLOADED, this + " is being tried by others"))
                .refusal();
    }

    private boolean isOpen(long now) {
        return breaker.left(now) == 0 && held(now) == 0;
    }

    private long held(long now) {
        return Math.max(Math.max(hold.left(now), upstream.hold().left(now)), credentials.left(now));
    }

    /** What keeps it closed longest. */
    private Optional<Closure> closure(long now) {
        return isOpen(now) ? Optional.empty() : longest(now);
    }

    private Optional<Closure> longest(long now) {
        return Stream.of(
                        breaker.closure(now),
                        hold.closure(now, toString()),
                        upstream.hold().closure(now, "upstream " + upstream.upstream()),
                        credentials.closure(now, toString()))
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(Closure::nanos));
    }

    void answered(long nanos, long began, int credential) {
        long now = now();
        latency.add(nanos, now);
        upstream.answered();
        disprove(hold, began, now, toString());
        disprove(upstream.hold(), began, now, "upstream " + upstream.upstream());
        if (credential < upstream.credentials().size()) {
            String name = "credential " + (credential + 1) + " of " + upstream.upstream();
            disprove(credentials.everywhere().get(credential), began, now, name);
            disprove(credentials.here().get(credential), began, now, name + " for " + model);
        }
    }

    private static void disprove(Hold held, long began, long now, String what) {
        if (held.disprove(began, now)) {
            LOG.log(Level.INFO, "{0}: held -> free, it answers", what);
        }
    }

    void hold(GatewayException failure, int credential) {
        String owner = "credential " + (credential + 1) + " of " + upstream.upstream();
        switch (failure.hold()) {
            case NOTHING -> {}
            case MODEL -> put(hold, failure, toString());
            case UPSTREAM -> put(upstream.hold(), failure, "upstream " + upstream.upstream());
            case CREDENTIAL -> put(credentials.everywhere().get(credential), failure, owner);
            case CREDENTIAL_FOR_MODEL -> put(credentials.here().get(credential), failure, owner + " for " + model);
        }
    }

    private void put(Hold one, GatewayException failure, String what) {
        ErrorKind kind = failure.kind();
        Duration wait = failure.holdTime();
        String reason = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (wait.isPositive() && one.put(now(), wait.toNanos(), kind, reason)) {
            String line = what + ": free -> held for " + wait.toMillis() / 1000.0 + " s, " + reason;
            LOG.log(kind.level() == Level.DEBUG ? Level.INFO : kind.level(), line);
        }
    }

    /** What a call of an older configuration meets says nothing of the present one. */
    boolean isOf(Target target) {
        return target.upstream().equals(upstream.upstream());
    }

    void left() {
        inFlight.decrementAndGet();
    }

    void tryNow() {
        breaker.tryNow();
    }

    long now() {
        return time.getAsLong();
    }

    UpstreamHealth upstream() {
        return upstream;
    }

    TargetState touched() {
        used = now();
        return this;
    }

    boolean isUnusedSince(long then) {
        return used - then < 0 && inFlight.get() == 0;
    }

    TargetReport report() {
        long now = now();
        Optional<Closure> closed = closure(now);
        boolean held = closed.isPresent() && breaker.state() == CircuitBreaker.State.CLOSED;
        double nanos = latency.at(now);
        return new TargetReport(
                upstream.upstream().name(),
                model,
                held ? "held" : TargetReport.word(breaker.state()),
                closed.map(Closure::reason),
                Duration.ofNanos(closed.map(Closure::nanos).orElse(0L)),
                inFlight.get(),
                upstream.places().waiting(),
                nanos == 0 ? OptionalDouble.empty() : OptionalDouble.of(nanos / 1e6),
                breaker.failureRate(),
                breaker.warmth(),
                new TargetReport.Credentials(
                        credentials.free(now), upstream.credentials().size()));
    }

    private static String name(UpstreamHealth upstream, String model) {
        return upstream.upstream() + "/" + model;
    }

    @Override
    public String toString() {
        return name(upstream, model);
    }
}
