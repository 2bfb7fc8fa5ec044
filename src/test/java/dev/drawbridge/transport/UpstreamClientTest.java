package dev.drawbridge.transport;

import static dev.drawbridge.transport.TransportLab.PATIENT;
import static dev.drawbridge.transport.TransportLab.PLAIN;
import static dev.drawbridge.transport.TransportLab.failureOfReading;
import static dev.drawbridge.transport.TransportLab.text;
import static dev.drawbridge.transport.TransportLab.took;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamClientTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TransportLab lab = new TransportLab();

    /** The threads that served the calls: one for each connection. */
    private final List<Long> connections = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        lab.close();
        upstream.close();
    }

    @Test
    void a_request_is_posted_with_its_headers_and_no_others_of_the_library() throws IOException {
        upstream.on("/x", 200, "{\"b\":\"ü\"}");
        try (UpstreamExchange exchange = lab.client.send(
                TransportLab.request(upstream.url() + "/x?v=1", Map.of("Authorization", "Bearer k", "x-a", "b")),
                PLAIN,
                PATIENT,
                new CallScope())) {
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.header("content-type")).contains("application/json");
            assertThat(exchange.header("x-none")).isEmpty();
            assertThat(text(exchange)).isEqualTo("{\"b\":\"ü\"}");
        }

        FakeUpstream.Call call = upstream.lastCall();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/x?v=1");
        assertThat(call.body()).isEqualTo("{\"a\":\"é\"}");
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer k")
                .containsEntry("x-a", "b")
                .doesNotContainKeys("user-agent", "accept-encoding", "expect", "cookie");
        assertThat(call.headers().get("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 404, 429, 500, 503})
    void any_status_is_an_answer(int status) throws IOException {
        upstream.on(
                "/x",
                (call, answer) -> answer.whole(
                        status, Map.of("Location", "/other", "Retry-After", "3"), status == 204 ? "" : "words"));
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.header("Retry-After")).contains("3");
            assertThat(text(exchange)).isEqualTo(status == 204 ? "" : "words");
        }
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void a_connection_is_used_again_after_a_whole_answer() throws IOException {
        upstream.on("/x", (call, answer) -> {
            connections.add(Thread.currentThread().threadId());
            answer.whole(200, "application/json", "{}");
        });
        for (int i = 0; i < 3; i++) {
            try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
                exchange.bytes();
            }
        }

        assertThat(connections).hasSize(3).containsOnly(connections.getFirst());
    }

    @Test
    void a_body_in_pieces_is_sent_whole_and_again_where_a_kept_connection_has_died() throws IOException {
        byte[] source = ("__\"" + "A".repeat(3_000_000) + "\"__").getBytes(StandardCharsets.US_ASCII);
        UpstreamRequest request = new UpstreamRequest(
                URI.create(upstream.url() + "/x"),
                Map.of(),
                List.of(
                        StandardCharsets.US_ASCII.encode("["),
                        ByteBuffer.wrap(source, 2, source.length - 4),
                        StandardCharsets.US_ASCII.encode("]")));
        upstream.on("/x", 200, "{}");
        try (UpstreamExchange exchange = lab.client.send(request, PLAIN, PATIENT, new CallScope())) {
            exchange.bytes();
        }
        upstream.on("/x", (call, answer) -> {
            upstream.on("/x", 200, "{}");
            answer.cut();
        });
        lab.client.send(request, PLAIN, PATIENT, new CallScope()).close();

        assertThat(upstream.calls())
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.body()).isEqualTo("[\"" + "A".repeat(3_000_000) + "\"]"))
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("content-length", "3000004"));
    }

    @Test
    void a_connection_is_used_again_after_a_stream_that_was_drained() throws IOException {
        streamsWith("data: 1\n\n");
        for (int i = 0; i < 2; i++) {
            try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
                exchange.firstToken();
                exchange.body().readNBytes(9);
                exchange.drain();
            }
        }

        assertThat(connections).hasSize(2).containsOnly(connections.getFirst());
    }

    @Test
    void a_connection_is_not_used_again_after_a_stream_that_was_left() {
        streamsWith("data: 1\n\n".repeat(10_000));
        for (int i = 0; i < 2; i++) {
            lab.send(upstream.url() + "/x").close();
        }

        assertThat(connections).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void draining_does_not_wait_for_an_upstream_that_does_not_end() {
        upstream.on("/x", (call, answer) -> {
            answer.start(200, "text/event-stream").chunk("data: [DONE]\n\n");
            Thread.sleep(10_000);
        });
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
            exchange.firstToken();

            assertThat(took(exchange::drain)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void nobody_at_the_address_is_a_failure() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        GatewayException failure = lab.failure("http://127.0.0.1:" + port + "/x", PATIENT);

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("the upstream cannot be reached");
    }

    @Test
    void a_host_that_does_not_exist_is_named() {
        // Longer than a label of a name may be: no name server is asked.
        String host = "x".repeat(64) + ".invalid";
        GatewayException failure = lab.failure("http://" + host + "/x", PATIENT);

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("the upstream's host name " + host + " is unknown");
    }

    @Test
    void a_connection_that_is_reset_is_a_failure() {
        upstream.on("/x", (call, answer) -> answer.reset());

        assertThat(lab.failure(upstream.url() + "/x", PATIENT).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    @Test
    void a_connection_that_is_closed_without_an_answer_is_a_failure_and_nothing_is_sent_twice() {
        upstream.on("/x", (call, answer) -> answer.cut());

        assertThat(lab.failure(upstream.url() + "/x", PATIENT).message()).isEqualTo("the upstream cannot be reached");
        assertThat(upstream.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 two hundred\r\n\r\n", "\u0000\u0001\n\n"
            })
    void an_answer_that_is_no_http_is_a_failure(String bytes) {
        upstream.on("/x", (call, answer) -> {
            answer.raw(bytes);
            answer.cut();
        });

        assertThat(lab.failure(upstream.url() + "/x", PATIENT).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_that_breaks_off_is_a_failure(boolean reset) {
        upstream.on("/x", (call, answer) -> {
            answer.start(200, "text/event-stream").chunk("data: 1\n\n");
            Thread.sleep(50);
            if (reset) {
                answer.reset();
            } else {
                answer.cut();
            }
        });
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
            GatewayException failure = failureOfReading(exchange);

            assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
            assertThat(failure.message()).isEqualTo("the upstream broke off its answer");
        }
    }

    @Test
    void an_answer_that_is_shorter_than_announced_is_a_failure() {
        upstream.on("/x", (call, answer) -> {
            answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}");
            answer.cut();
        });
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
            assertThat(failureOfReading(exchange).kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        }
    }

    @Test
    void a_compressed_answer_is_not_touched() throws IOException {
        upstream.on("/x", (call, answer) -> answer.whole(200, Map.of("Content-Encoding", "gzip"), "as it is"));
        try (UpstreamExchange exchange = lab.send(upstream.url() + "/x")) {
            assertThat(new String(exchange.bytes(), StandardCharsets.UTF_8)).isEqualTo("as it is");
        }
    }

    private void streamsWith(String events) {
        upstream.on("/x", (call, answer) -> {
            connections.add(Thread.currentThread().threadId());
            answer.start(200, "text/event-stream").chunk(events).chunk("data: [DONE]\n\n");
            answer.end();
        });
    }
}
