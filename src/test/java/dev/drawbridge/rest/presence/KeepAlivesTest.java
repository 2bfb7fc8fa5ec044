package dev.drawbridge.rest.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.CallScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepAlivesTest {
    private static final byte[] HI = "hi".getBytes(StandardCharsets.UTF_8);
    private static final String EVENT = "data: hi\n\n";
    private static final String COMMENT = ": keep-alive\n\n";

    private final CallScope scope = new CallScope();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final KeepAlives alive = new KeepAlives(() -> Duration.ofMillis(400));

    @AfterEach
    void stop() {
        alive.close();
    }

    @Test
    void a_silent_stream_is_kept_alive_again_and_again() throws Exception {
        try (EventOutput events = alive.open(out, scope)) {
            events.data(HI);
            events.flush();
            Thread.sleep(2000);
            events.data(HI);
            events.flush();
        }
        assertThat(said()).startsWith(EVENT + COMMENT + COMMENT).endsWith(COMMENT + EVENT);
    }

    @Test
    void one_that_speaks_is_left_alone() throws Exception {
        try (EventOutput events = alive.open(out, scope)) {
            for (int i = 0; i < 15; i++) {
                events.data(HI);
                events.flush();
                Thread.sleep(50);
            }
        }
        assertThat(said()).isEqualTo(EVENT.repeat(15));
    }

    @Test
    void nothing_is_said_before_the_first_flush_and_after_the_end() throws Exception {
        EventOutput events = alive.open(out, scope);
        Thread.sleep(1000);
        assertThat(said()).isEmpty();
        events.data(HI);
        events.flush();
        events.close();
        Thread.sleep(1000);
        assertThat(said()).isEqualTo(EVENT);
    }

    @Test
    void with_zero_nobody_is_kept_alive() throws Exception {
        try (KeepAlives off = new KeepAlives(() -> Duration.ZERO);
                EventOutput events = off.open(out, scope)) {
            events.flush();
            Thread.sleep(1000);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void a_comment_that_cannot_be_written_ends_the_call() throws Exception {
        OutputStream broken = new OutputStream() {
            private int writes;

            @Override
            public void write(int b) {}

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (++writes > 1) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        try (EventOutput events = alive.open(broken, scope)) {
            events.data(HI);
            events.flush();
            assertThat(scope.pause(Duration.ofSeconds(3))).isFalse();
        }
    }

    @Test
    void a_client_that_does_not_read_keeps_nobody_waiting() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            private int flushes;

            @Override
            public void write(int b) {}

            @Override
            public void flush() {
                if (++flushes > 1) {
                    await(released);
                }
            }
        };
        EventOutput blocked = alive.open(stuck, new CallScope());
        blocked.flush();
        Thread.sleep(1000);
        try (EventOutput events = alive.open(out, scope)) {
            events.flush();
            Thread.sleep(1200);
        }
        assertThat(said()).startsWith(COMMENT);
        released.countDown();
        blocked.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
