package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private Ward ward = new Ward("");

    @AfterEach
    void close() {
        ward.close();
    }

    private void keys(String keys) {
        ward.close();
        ward = new Ward("api-keys: [" + keys + "]");
    }

    private List<Integer> chosen(int calls) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            try (Lease lease = ward.take()) {
                chosen.add(lease.target().upstream().credential());
            }
        }
        return chosen;
    }

    @Test
    void who_says_when_to_come_back_is_left_alone_until_then() {
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, TEN));

        assertThat(ward.state().closedFor()).isEqualTo(TEN);
        ward.pass(Duration.ofSeconds(4));
        GatewayException refusal = catchThrowableOfType(GatewayException.class, ward::take);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.message()).isEqualTo("lab/m is left alone: rate limited");
        assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(6), Duration.ofMillis(6001));
        assertThat(ward.said())
                .containsExactly("INFO credential 1 of lab for m: free -> held for 10.0 s, rate limited");
        ward.pass(Duration.ofSeconds(6));
        assertThat(ward.state().closedFor()).isZero();
    }

    @Test
    void a_limit_of_one_model_is_none_of_another() {
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, TEN));

        assertThat(ward.states.of(ward.other("n")).closedFor()).isZero();
        assertThat(ward.state().closedFor()).isEqualTo(TEN);
    }

    @Test
    void lack_of_money_and_a_refused_key_concern_all_models() {
        ward.fail(1, new GatewayException(ErrorKind.UPSTREAM_UNAUTHORIZED, "no"));
        assertThat(ward.states.of(ward.other("n")).closedFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(catchThrowableOfType(GatewayException.class, ward::take).message())
                .isEqualTo("the upstream refused the gateway's credential");

        ward.pass(Duration.ofMinutes(1));
        ward.fail(1, new GatewayException(ErrorKind.QUOTA_EXHAUSTED, "no"));
        assertThat(ward.states.of(ward.other("n")).closedFor()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void nobody_is_held_for_ever() {
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, Duration.ofDays(1)));
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofHours(1));
        ward.pass(Duration.ofHours(1));
        ward.fail(1, Ward.failure(ErrorKind.QUOTA_EXHAUSTED, Duration.ofDays(1)));
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void no_wait_is_no_hold() {
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, Duration.ZERO));
        assertThat(ward.state().closedFor()).isZero();
        assertThat(ward.said()).isEmpty();
    }

    @Test
    void a_model_that_is_overloaded_or_unknown_is_held_alone() {
        ward.fail(1, Ward.failure(ErrorKind.OVERLOADED, TEN));
        assertThat(ward.state().closedFor()).isEqualTo(TEN);
        assertThat(ward.states.of(ward.other("n")).closedFor()).isZero();
        assertThat(ward.said()).containsExactly("WARNING lab/m: free -> held for 10.0 s, overloaded");

        ward.pass(TEN);
        ward.fail(1, new GatewayException(ErrorKind.UPSTREAM_MODEL_NOT_FOUND, "no"));
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_failure_that_names_a_time_holds_and_one_that_does_not_only_counts() {
        ward.fail(1, new GatewayException(ErrorKind.UPSTREAM_ERROR, "no"));
        assertThat(ward.state().closedFor()).isZero();
        ward.fail(1, Ward.failure(ErrorKind.UPSTREAM_ERROR, TEN));
        assertThat(ward.state().closedFor()).isEqualTo(TEN);
    }

    @Test
    void a_call_that_began_before_the_hold_does_not_disprove_it() {
        Lease before = ward.take();
        Lease limited = ward.take();
        ward.pass(Duration.ofSeconds(1));
        limited.failed(Ward.failure(ErrorKind.OVERLOADED, TEN));
        limited.close();
        ward.pass(Duration.ofSeconds(1));

        before.answered(1);
        before.close();

        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_call_that_began_after_it_does() {
        Hold hold = new Hold();
        assertThat(hold.put(100, 50, ErrorKind.OVERLOADED, "full")).isTrue();
        assertThat(hold.put(110, 20, ErrorKind.OVERLOADED, "full")).isFalse();
        assertThat(hold.left(110)).isEqualTo(40);

        assertThat(hold.disprove(105, 120)).isFalse();
        assertThat(hold.left(120)).isEqualTo(30);
        assertThat(hold.disprove(111, 120)).isTrue();
        assertThat(hold.left(120)).isZero();
        assertThat(hold.disprove(111, 120)).isFalse();
    }

    @Test
    void one_hold_is_one_line_whatever_follows() {
        Lease one = ward.take();
        Lease two = ward.take();
        one.failed(Ward.failure(ErrorKind.RATE_LIMITED, TEN));
        two.failed(Ward.failure(ErrorKind.RATE_LIMITED, TEN.multipliedBy(2)));
        one.close();
        two.close();

        assertThat(ward.said()).hasSize(1);
        assertThat(ward.state().closedFor()).isEqualTo(TEN.multipliedBy(2));
    }

    @Test
    void credentials_take_turns_and_the_target_is_the_same() {
        keys("k1, k2, k3");

        assertThat(chosen(6)).containsExactly(1, 2, 3, 1, 2, 3);
        try (Lease lease = ward.take()) {
            assertThat(lease.target()).isEqualTo(ward.target());
            assertThat(lease.target().upstream().headers()).containsEntry("Authorization", "Bearer k1");
        }
    }

    @Test
    void a_held_credential_is_skipped_and_the_target_closed_when_all_are() {
        keys("k1, k2");
        ward.fail(1, Ward.failure(ErrorKind.RATE_LIMITED, TEN));
        assertThat(chosen(3)).containsExactly(2, 2, 2);
        assertThat(ward.state().closedFor()).isZero();
        assertThat(ward.states.all().getFirst().credentials()).isEqualTo(new TargetReport.Credentials(1, 2));

        ward.pass(Duration.ofSeconds(4));
        ward.fail(1, Ward.failure(ErrorKind.QUOTA_EXHAUSTED, Duration.ofMinutes(2)));

        // Until the first is free.
        assertThat(ward.state().closedFor()).isEqualTo(Duration.ofSeconds(6));
        ward.pass(Duration.ofSeconds(6));
        assertThat(chosen(2)).containsExactly(1, 1);
        assertThat(ward.said()).noneMatch(line -> line.contains("k1") || line.contains("k2"));
    }

    @Test
    void a_call_of_an_older_configuration_uses_the_credentials_that_it_knows() {
        keys("k1");
        var old = ward.target();
        ward.reload("api-keys: [k1, k2]");
        assertThat(chosen(2)).containsExactly(1, 2);

        for (int i = 0; i < 2; i++) {
            try (Lease lease = ward.state().take(old, new CallScope(), Manner.WAITING)) {
                assertThat(lease.target()).isSameAs(old);
                lease.failed(Ward.failure(ErrorKind.QUOTA_EXHAUSTED, TEN));
            }
        }
        // What it meets says nothing of the present ones.
        assertThat(ward.states.all().getFirst().credentials()).isEqualTo(new TargetReport.Credentials(2, 2));
    }
}
