package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetStatesTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final String PROBED = "probe: {every: 10s, timeout: 1s}";

    private Ward ward = new Ward("");

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void a_reload_that_changes_nothing_of_the_upstream_changes_nothing_here() {
        ward.fail(5);
        TargetState before = ward.state();

        ward.reload("");

        assertThat(ward.state()).isSameAs(before);
        assertThat(ward.state().closedFor()).isPositive();
    }

    @Test
    void a_changed_upstream_gets_a_new_chance_and_keeps_its_calls() {
        Lease running = ward.take();
        try (Lease other = ward.take()) {
            other.answered(7_000_000);
        }
        ward.fail(4);
        assertThat(ward.state().closedFor()).isPositive();
        Target old = ward.target();

        ward.reload("max-in-flight: 1, queue: {size: 0}");

        assertThat(ward.state().closedFor()).isZero();
        assertThat(ward.state().inFlight()).isEqualTo(1);
        assertThat(ward.state().latencyNanos()).isEqualTo(7_000_000);
        assertThat(catchThrowableOfType(GatewayException.class, ward::take).message())
                .contains("are taken");
        // Calls of before ask as before, and change nothing.
        assertThat(ward.states.of(old)).isSameAs(ward.state());
        running.failed(new GatewayException(ErrorKind.UPSTREAM_ERROR, "an old story"));
        running.close();
        assertThat(ward.state().inFlight()).isZero();
        assertThat(ward.states.all().getFirst().failureRate()).isEmpty();
        ward.take().close();
    }

    @Test
    void what_is_not_used_for_an_hour_is_forgotten_unless_it_is_in_use() {
        ward.states.of(ward.other("forgotten"));
        Lease running = ward.states.of(ward.other("busy")).take(ward.other("busy"), new CallScope(), Manner.WAITING);
        ward.pass(Duration.ofMinutes(59));
        ward.state();
        assertThat(ward.states.all()).hasSize(3);

        ward.pass(Duration.ofMinutes(2));

        assertThat(ward.states.all()).extracting(TargetReport::model).containsExactly("busy", "m");
        running.close();
    }

    @Test
    void names_that_clients_make_up_do_not_fill_the_memory() {
        for (int i = 0; i < 10_100; i++) {
            Target made = ward.other("made-up-" + i);
            ward.states.of(made).take(made, new CallScope(), Manner.WAITING).close();
        }
        assertThat(ward.states.all()).hasSize(10_000);
    }

    @Test
    void a_report_says_how_a_target_is() {
        try (Lease lease = ward.take()) {
            lease.answered(25_000_000);
            assertThat(ward.states.all())
                    .containsExactly(new TargetReport(
                            "lab",
                            "m",
                            "closed",
                            java.util.Optional.empty(),
                            Duration.ZERO,
                            1,
                            0,
                            java.util.OptionalDouble.of(25),
                            java.util.OptionalDouble.empty(),
                            1,
                            new TargetReport.Credentials(1, 1)));
        }
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, TEN));
        TargetReport held = ward.states.all().getFirst();
        assertThat(held.state()).isEqualTo("held");
        assertThat(held.reason()).contains("lab/m is left alone: rate limited");
        assertThat(held.closedFor()).isEqualTo(TEN);
        assertThat(held.credentials()).isEqualTo(new TargetReport.Credentials(0, 1));
    }

    @Test
    void a_watcher_is_told_who_is_there_who_comes_and_who_is_forgotten() {
        ward.state();
        List<String> told = new ArrayList<>();
        ward.states.watch(new TargetStates.Watcher() {
            @Override
            public void upstream(String name) {
                told.add(name);
            }

            @Override
            public void appeared(String upstream, String model) {
                told.add("+" + upstream + "/" + model);
            }

            @Override
            public void forgotten(String upstream, String model) {
                told.add("-" + upstream + "/" + model);
            }
        });
        Lease running = ward.states.of(ward.other("n")).take(ward.other("n"), new CallScope(), Manner.WAITING);
        ward.states.of(ward.other("n"));
        ward.pass(Duration.ofHours(2));
        assertThat(ward.states.all()).hasSize(1);

        assertThat(told).containsExactly("lab", "+lab/m", "+lab/n", "-lab/m");
        assertThat(ward.states.inFlight("lab")).isEqualTo(1);
        assertThat(ward.states.waiting("lab")).isZero();
        assertThat(ward.states.report("lab", "n")).isPresent();
        running.close();
    }

    @Test
    void the_budget_of_retries_is_the_upstreams() {
        int spent = 0;
        while (ward.states.of(ward.other(spent % 2 == 0 ? "m" : "n")).mayRetry()) {
            spent++;
        }
        assertThat(spent).isEqualTo(10);
    }

    @Test
    void a_scope_that_has_ended_gets_nothing() {
        CallScope ended = new CallScope();
        ended.end();
        TargetState state = ward.state();
        assertThat(catchThrowableOfType(GatewayException.class, () -> state.take(ward.target(), ended, Manner.WAITING))
                        .kind())
                .isEqualTo(ErrorKind.CLIENT_GONE);
        assertThat(state.inFlight()).isZero();
    }

    @Test
    void an_idle_upstream_that_answers_no_probe_is_held_until_it_answers_one() {
        ward.reload(PROBED);
        ward.state();
        ward.states.failsProbe(ward.target().upstream());
        assertThat(ward.state().closedFor()).isZero();

        ward.pass(TEN);
        ward.said();
        ward.states.failsProbe(ward.target().upstream());
        ward.states.failsProbe(ward.target().upstream());

        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(12));
        assertThat(catchThrowableOfType(GatewayException.class, ward::take).kind())
                .isEqualTo(ErrorKind.OVERLOADED);
        ward.pass(TEN);
        ward.states.answersProbe(ward.target().upstream(), ward.states.now());
        assertThat(ward.state().closedFor()).isZero();
        assertThat(ward.said())
                .containsExactly(
                        "WARNING upstream lab: free -> held, it answers no probe",
                        "INFO upstream lab: held -> free, it answers a probe");
    }

    @Test
    void an_upstream_that_answers_calls_is_not_held_for_a_probe() {
        ward.reload(PROBED);
        ward.pass(TEN);
        ward.succeed(1);
        ward.pass(Duration.ofSeconds(5));
        ward.states.failsProbe(ward.target().upstream());
        assertThat(ward.state().closedFor()).isZero();
    }

    @Test
    void an_answer_to_a_probe_lets_calls_try_at_once() {
        ward.reload(PROBED);
        ward.fail(5);
        ward.states.answersProbe(ward.target().upstream(), ward.states.now());

        assertThat(ward.state().closedFor()).isZero();
        ward.succeed(2);
        assertThat(ward.states.all().getFirst().state()).isEqualTo("closed");
    }
}
