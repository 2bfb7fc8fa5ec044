package dev.drawbridge.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.governance.Admission.Permit;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(() -> 2);

    @Test
    void a_call_too_many_is_refused_until_another_ends() {
        Permit first = admission.admit(new CallScope());
        admission.admit(new CallScope());
        refused("as many calls as it can carry");
        first.close();
        admission.admit(new CallScope());
        assertThat(admission.running()).isEqualTo(2);
    }

    @Test
    void a_place_is_given_back_once() {
        Permit first = admission.admit(new CallScope());
        admission.admit(new CallScope());
        first.close();
        first.close();
        assertThat(admission.running()).isEqualTo(1);
    }

    @Test
    void after_the_close_nobody_comes_in_and_who_is_in_goes_on() {
        CallScope inside = new CallScope();
        admission.admit(inside);
        admission.close();
        refused("being stopped");
        assertThat(admission.isOpen()).isFalse();
        assertThat(inside.hasEnded()).isFalse();
        assertThat(admission.running()).isEqualTo(1);
    }

    @Test
    void who_is_ended_learns_why() {
        CallScope inside = new CallScope();
        admission.admit(inside);
        admission.close();
        admission.endAll();
        assertThat(inside.pause(Duration.ofSeconds(5))).as("goes on").isFalse();
        assertThat(inside.reason().kind()).isEqualTo(ErrorKind.NO_CAPACITY);
        assertThat(inside.reason().kind().retry()).isEqualTo(ErrorKind.Retry.NEVER);
    }

    @Test
    void the_wait_for_the_last_ends_with_it_or_with_patience() {
        Permit last = admission.admit(new CallScope());
        assertThat(admission.awaitEmpty(Duration.ofMillis(50))).isFalse();
        Thread.ofVirtual().start(last::close);
        assertThat(admission.awaitEmpty(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void many_at_once_are_never_more_than_allowed_and_none_is_lost() throws InterruptedException {
        Admission ten = new Admission(() -> 10);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger refusals = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2000);
        try (ExecutorService crowd = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 2000; i++) {
                crowd.execute(() -> {
                    try (Permit permit = ten.admit(new CallScope())) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        assertThat(permit).isNotNull();
                        inside.decrementAndGet();
                    } catch (GatewayException e) {
                        refusals.incrementAndGet();
                    } finally {
                        done.countDown();
                    }
                });
            }
            done.await();
        }
        assertThat(most.get()).isBetween(1, 10);
        assertThat(refusals.get()).isLessThan(2000);
        assertThat(ten.running()).isZero();
    }

    private void refused(String why) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> admission.admit(new CallScope()))
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NO_CAPACITY))
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(1)));
    }
}
