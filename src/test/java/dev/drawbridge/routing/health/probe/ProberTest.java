package dev.drawbridge.routing.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.TargetState;
import dev.drawbridge.routing.health.TargetStates;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final String SETTINGS = "kind: demo, probe: {every: 300ms, timeout: 200ms}";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final TargetStates states = new TargetStates();
    private final LiveFile file = new LiveFile("upstreams: [{name: a, " + SETTINGS + "}, {name: b, kind: demo}]");
    private final Prober prober = new Prober(file.config(), new Providers(List.of(provider)), new Probe(), states);
    private final Target target = Lab.target(Lab.upstream("{name: a, " + SETTINGS + "}"), "m");

    @AfterEach
    void close() {
        prober.close();
        file.close();
    }

    @Test
    void a_dead_upstream_is_held_after_a_while_and_free_as_soon_as_it_is_back() throws Exception {
        AtomicInteger alive = new AtomicInteger();
        provider.lists("a", () -> {
            if (alive.get() == 0) {
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "no");
            }
            return List.of();
        });
        TargetState state = states.of(target);
        prober.start(Duration.ZERO);

        until(() -> state.closedFor().isPositive());
        alive.set(1);
        until(() -> state.closedFor().isZero());

        assertThat(provider.asked()).contains("a").doesNotContain("b");
    }

    @Test
    void who_does_not_answer_in_time_is_held() throws Exception {
        provider.lists("a", () -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        TargetState state = states.of(target);
        Thread.sleep(350);
        long start = System.nanoTime();

        prober.ask(target.upstream(), Duration.ofMillis(50));

        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
        assertThat(state.closedFor()).isPositive();
    }

    @Test
    void what_says_nothing_of_the_upstream_is_no_failure_of_it() throws Exception {
        provider.lists("a", () -> {
            throw new GatewayException(ErrorKind.UPSTREAM_UNAUTHORIZED, "no");
        });
        TargetState state = states.of(target);
        Thread.sleep(350);

        prober.ask(target.upstream(), Duration.ofSeconds(5));

        assertThat(state.closedFor()).isZero();
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.holds(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.holds()).isTrue();
    }
}
