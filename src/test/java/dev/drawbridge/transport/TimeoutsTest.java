package dev.drawbridge.transport;

import static dev.drawbridge.transport.TransportLab.LONG;
import static dev.drawbridge.transport.TransportLab.PATIENT;
import static dev.drawbridge.transport.TransportLab.failureOfReading;
import static dev.drawbridge.transport.TransportLab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.Answer;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeUpstream upstream = new FakeUpstream();
    private final TransportLab lab = new TransportLab();
    private final long start = System.nanoTime();

    @AfterEach
    void close() {
        lab.close();
        upstream.close();
    }

    @Test
    void the_first_token_is_waited_for_from_the_sent_request() {
        upstream.on("/x", (call, answer) -> Thread.sleep(LONG));

        GatewayException failure = lab.failure(upstream.url() + "/x", new Timeouts(LONG, SHORT, LONG, LONG));

        late(failure, "no answer began within 300 ms");
        assertThat(failure.code()).contains("first_token_timeout");
    }

    @Test
    void an_upstream_that_does_not_begin_is_given_up() {
        upstream.on("/x", (call, answer) -> Thread.sleep(LONG));

        GatewayException failure = lab.failure(upstream.url() + "/x", new Timeouts(Duration.ZERO, SHORT, LONG, LONG));

        late(failure, "no answer began within 300 ms");
    }

    @Test
    void a_server_that_does_not_shake_hands_does_not_accept_the_connection() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "https://127.0.0.1:" + silent.getLocalPort() + "/x";
            GatewayException failure = catchThrowableOfType(
                    GatewayException.class,
                    () -> lab.client.send(
                            TransportLab.request(url, Map.of()),
                            new ConnectionSettings(SHORT, Optional.empty(), Optional.empty()),
                            new Timeouts(SHORT, LONG, LONG, LONG),
                            new CallScope()));

            assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(failure.code()).contains("connect_timeout");
            assertThat(failure.message()).isEqualTo("the upstream did not accept a connection in time");
        }
    }

    @Test
    void the_head_of_an_answer_is_not_yet_its_beginning() {
        endless(answer -> {});
        try (UpstreamExchange exchange =
                lab.send(upstream.url() + "/x", new Timeouts(Duration.ZERO, SHORT, LONG, LONG))) {
            late(failureOfReading(exchange), "no answer began within 300 ms");
        }
    }

    @Test
    void an_upstream_that_falls_silent_is_given_up() {
        endless(answer -> answer.chunk("data: 1\n\n"));
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x", new Timeouts(LONG, LONG, SHORT, LONG))) {
            exchange.firstToken();

            late(failureOfReading(exchange), "nothing more arrived for 300 ms");
        }
    }

    @Test
    void an_upstream_that_never_ends_is_given_up() {
        upstream.on("/x", (call, answer) -> {
            answer.start(200, "text/event-stream");
            while (true) {
                answer.chunk("data: 1\n\n");
                Thread.sleep(20);
            }
        });
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, Duration.ofSeconds(1));
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x", timeouts)) {
            exchange.firstToken();

            late(failureOfReading(exchange), "no complete answer within 1 s");
        }
    }

    @Test
    void a_slow_stream_may_take_longer_than_its_longest_gap() throws IOException {
        upstream.on("/x", (call, answer) -> {
            answer.start(200, "text/event-stream");
            for (int i = 0; i < 10; i++) {
                answer.chunk("x");
                Thread.sleep(60);
            }
            answer.end();
        });
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x", new Timeouts(LONG, LONG, SHORT, LONG))) {
            exchange.firstToken();

            assertThat(text(exchange)).isEqualTo("x".repeat(10));
        }
    }

    @Test
    void for_a_whole_answer_only_the_total_counts() throws IOException {
        upstream.on("/x", (call, answer) -> {
            Thread.sleep(500);
            answer.whole(200, "application/json", "{}");
        });
        Timeouts timeouts = new Timeouts(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(50), LONG);
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x", timeouts.whole())) {
            assertThat(text(exchange)).isEqualTo("{}");
        }
    }

    @Test
    void a_call_that_has_ended_is_no_longer_watched() throws Exception {
        upstream.on("/x", 200, "{}");
        UpstreamExchange exchange = lab.send(upstream.url() + "/x", new Timeouts(LONG, LONG, LONG, SHORT));
        exchange.bytes();
        exchange.close();
        Thread.sleep(450);

        assertThat(exchange.failure(new IOException("later")).kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @Test
    void closing_from_another_thread_ends_a_read_and_the_upstreams_work() throws Exception {
        upstream.on("/x", (call, answer) -> {
            answer.start(200, "text/event-stream");
            while (true) {
                answer.chunk("data: 1\n\n");
                Thread.sleep(10);
            }
        });
        UpstreamExchange exchange = lab.send(upstream.url() + "/x");
        CompletableFuture<IOException> reading =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(IOException.class, exchange::bytes));
        Thread.sleep(100);
        assertThat(reading).isNotDone();

        exchange.close();

        assertThat(reading.get(3, TimeUnit.SECONDS)).isNotNull();
        for (int i = 0; upstream.open() > 0 && i < 150; i++) {
            Thread.sleep(20);
        }
        assertThat(upstream.open()).isZero();
    }

    @Test
    void closing_from_another_thread_ends_a_read_of_a_silent_stream() throws Exception {
        endless(answer -> {});
        UpstreamExchange exchange = lab.send(upstream.url() + "/x", PATIENT);
        CompletableFuture<IOException> reading =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(IOException.class, exchange::bytes));
        Thread.sleep(100);

        exchange.close();
        exchange.close();

        assertThat(reading.get(3, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void the_end_of_its_call_ends_an_exchange_before_and_in_the_answer() throws Exception {
        upstream.on("/silent", (call, answer) -> Thread.sleep(LONG));
        endless(answer -> {});
        for (String path : List.of("/silent", "/x")) {
            CallScope scope = new CallScope();
            CompletableFuture<GatewayException> failing = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(GatewayException.class, () -> whole(path, scope)));
            Thread.sleep(100);
            assertThat(failing).isNotDone();

            scope.end();

            assertThat(failing.get(3, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.CLIENT_GONE);
        }
        assertThat(catchThrowableOfType(GatewayException.class, () -> whole("/x", ended()))
                        .kind())
                .isEqualTo(ErrorKind.CLIENT_GONE);
    }

    private void whole(String path, CallScope scope) {
        try (UpstreamExchange exchange = lab.client.send(
                TransportLab.request(upstream.url() + path, Map.of()), TransportLab.PLAIN, PATIENT, scope)) {
            throw failureOfReading(exchange);
        }
    }

    private static CallScope ended() {
        CallScope scope = new CallScope();
        scope.end();
        return scope;
    }

    private void late(GatewayException failure, String what) {
        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure.message()).isEqualTo("the upstream took too long: " + what);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SOON);
    }

    private void endless(Beginning beginning) {
        upstream.on("/x", (call, answer) -> {
            beginning.write(answer.start(200, "text/event-stream"));
            Thread.sleep(LONG);
        });
    }

    @FunctionalInterface
    private interface Beginning {
        void write(Answer answer) throws IOException;
    }
}
