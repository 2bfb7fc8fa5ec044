package dev.drawbridge.routing.health;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import java.util.concurrent.atomic.AtomicBoolean;

/** The lease of a call, whose verdicts reach the state that it began with. */
final class TargetLease implements Lease {
    private final TargetState state;
    private final Target target;
    private final Breaker.Permission permission;
    private final Places.Place place;
    private final long began;
    private final boolean current;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean judged;

    TargetLease(TargetState state, Target target, Breaker.Permission permission, Places.Place place) {
        this.state = state;
        this.target = target;
        this.permission = permission;
        this.place = place;
        this.began = state.now();
        this.current = state.isOf(target);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void answered(long nanos) {
        if (current && !closed.get() && !answered.getAndSet(true)) {
            judged = true;
            permission.succeeded();
            state.answered(nanos, began, credential());
        }
    }

    @Override
    public void failed(GatewayException failure) {
        if (!current || closed.get() || failed.getAndSet(true)) {
            return;
        }
        if (failure.kind().blames()) {
            judged = true;
            permission.failed(failure);
        }
        state.hold(failure, credential());
    }

    private int credential() {
        return target.upstream().credential() - 1;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            if (!judged) {
                permission.release();
            }
            state.left();
            place.close();
        }
    }
}
