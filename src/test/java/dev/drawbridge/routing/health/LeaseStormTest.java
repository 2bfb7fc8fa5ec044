package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Whatever happens to calls, nothing of a target is lost. */
class LeaseStormTest {
    private static final int CALLS = 10_000;
    private static final int PLACES = 8;
    private static final int TRIES = 10;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void ten_thousand_calls_that_succeed_fail_and_leave_lose_no_place_and_no_permission() throws Exception {
        TargetStates states = new TargetStates();
        Target target = Ward.upstreamTarget("max-in-flight: 8, queue: {size: 32, wait: 50ms}, api-keys: [k1, k2, k3],"
                + " breaker: {open: 5ms, max-open: 10ms}");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Ward quiet = new Ward("")) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("SplittableRandom").create(i);
                calls.add(threads.submit(() -> call(states, target, random)));
                if (i % 100 == 99) {
                    calls.get(i - 50).get(60, TimeUnit.SECONDS);
                }
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
            assertThat(quiet.said()).isNotEmpty();
        }

        assertThat(served.get() + refused.get()).isEqualTo(CALLS);
        assertThat(served.get()).isGreaterThan(1000);
        assertThat(most.get()).isBetween(2, PLACES);
        TargetState state = states.of(target);
        assertThat(state.inFlight()).isZero();
        assertThat(state.upstream().places().taken()).isZero();
        assertThat(state.upstream().places().waiting()).isZero();
        recovers(state, target);
    }

    /** The same breaker, after all of that, still lets calls try, and closes. */
    private static void recovers(TargetState state, Target target) throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            while (state.closedFor().isPositive()) {
                Thread.sleep(Math.max(1, state.closedFor().toMillis()));
            }
            try (Lease lease = state.take(target, new CallScope(), Manner.WAITING)) {
                lease.answered(1);
            }
        }
        assertThat(state.report().state()).isEqualTo("closed");
    }

    private void call(TargetStates states, Target target, RandomGenerator random) {
        CallScope scope = new CallScope();
        if (random.nextInt(10) == 0) {
            Thread.ofVirtual().start(() -> {
                scope.pause(Duration.ofNanos(random.nextInt(2_000_000)));
                scope.end();
            });
        }
        for (int i = 0; i < TRIES; i++) {
            try (Lease lease = states.of(target).take(target, scope, Manner.WAITING)) {
                served.incrementAndGet();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                scope.pause(Duration.ofNanos(random.nextInt(1_000_000)));
                judge(lease, random);
                now.decrementAndGet();
                return;
            } catch (GatewayException e) {
                scope.pause(Duration.ofMillis(1 + random.nextInt(4)));
            }
        }
        refused.incrementAndGet();
    }

    private static void judge(Lease lease, RandomGenerator random) {
        switch (random.nextInt(16)) {
            case 0 -> lease.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "x"));
            case 1 -> lease.failed(new GatewayException(ErrorKind.TIMEOUT, "x"));
            case 2 -> lease.failed(Ward.failure(ErrorKind.RATE_LIMITED, Duration.ofMillis(2)));
            case 3 -> lease.failed(CallScope.gone());
            case 4 -> {}
            case 5 -> {
                lease.answered(random.nextInt(1000));
                lease.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "x"));
            }
            default -> lease.answered(random.nextInt(1000));
        }
    }
}
