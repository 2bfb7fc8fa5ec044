package dev.drawbridge.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final FailedAttempts attempts = new FailedAttempts(nanos::get);

    @Test
    void who_fails_too_often_waits_for_a_minute_and_nobody_else_does() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.tooMany("10.0.0.1")).isFalse();
            assertThat(attempts.add("10.0.0.1")).isFalse();
        }
        assertThat(attempts.tooMany("10.0.0.1")).isTrue();
        assertThat(attempts.add("10.0.0.1")).isTrue();
        assertThat(attempts.tooMany("10.0.0.2")).isFalse();

        nanos.addAndGet(FailedAttempts.PAUSE.toNanos() + 1);
        assertThat(attempts.tooMany("10.0.0.1")).isFalse();
    }

    @Test
    void of_ipv6_the_whole_network_waits() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.add("2001:db8:0:7::" + Integer.toHexString(i))).isFalse();
        }
        assertThat(attempts.add("2001:db8:0:7:1:2:3:4")).isTrue();
        assertThat(attempts.tooMany("2001:0DB8::7:0:0:0:9")).isTrue();
        assertThat(attempts.tooMany("2001:db8:0:8::1")).isFalse();
        assertThat(attempts.tooMany("::ffff:10.0.0.1")).isFalse();
    }

    @Test
    void an_address_of_ipv4_is_the_same_however_it_is_written() {
        for (int i = 0; i < 100; i++) {
            attempts.add("::ffff:10.0.0.1");
        }
        assertThat(attempts.tooMany("10.0.0.1")).isTrue();
        assertThat(attempts.tooMany("::ffff:10.0.0.2")).isFalse();
    }
}
