package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream.Script;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong with a connection, and what the provider makes of it. */
@Timeout(30)
public abstract class ConnectionContract extends ContractLab {
    private static final String BROKEN_OFF = "the upstream broke off its answer";
    private static final String STALLED = "{connect: 100ms, first-token: 200ms, idle: 20s, total: 20s}";

    /** Set free when the client has its first chunk: what happens next happens amid the stream. */
    private final CountDownLatch begun = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_vendor_that_does_not_begin_is_not_waited_for(Mode mode) {
        vendor.on(path(), (call, answer) -> Thread.sleep(Duration.ofMinutes(1)));
        String timeouts = mode == Mode.STREAM ? STALLED : STALLED.replace("total: 20s", "total: 200ms");

        GatewayException failure = failure(mode, target(timeouts));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure.code()).contains(mode == Mode.STREAM ? "first_token_timeout" : "total_timeout");
        assertThat(failure.message()).contains("200 ms");
    }

    @Test
    void a_head_without_a_first_token_is_not_waited_for() {
        vendor.on(path(), (call, answer) -> {
            answer.start(200, wire().contentType()).chunk("\n");
            Thread.sleep(Duration.ofMinutes(1));
        });

        GatewayException failure = failure(Mode.STREAM, target(STALLED));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure.message()).contains("no answer began within 200 ms");
    }

    @Test
    void a_vendor_that_falls_silent_is_not_waited_for() {
        halfThen((call, answer) -> Thread.sleep(Duration.ofMinutes(1)));

        GatewayException failure = amid("{connect: 5s, first-token: 20s, idle: 200ms, total: 20s}");

        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure.code()).contains("idle_timeout");
        assertThat(failure.message()).contains("nothing more arrived for 200 ms");
    }

    @Test
    void a_vendor_that_never_finishes_is_not_waited_for() {
        halfThen((call, answer) -> {
            while (true) {
                answer.chunk("\n");
                Thread.sleep(20);
            }
        });

        GatewayException failure = amid("{connect: 5s, first-token: 20s, idle: 20s, total: 300ms}");

        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure.code()).contains("total_timeout");
        assertThat(failure.message()).contains("no complete answer within 300 ms");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void half_a_stream_is_no_answer(boolean cut) {
        halfThen((call, answer) -> {
            if (cut) {
                answer.cut();
            } else {
                answer.reset();
            }
        });

        GatewayException failure = amid();

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(failure.message()).isEqualTo(BROKEN_OFF);
    }

    @Test
    void half_a_stream_that_ends_regularly_is_no_answer_either() {
        halfThen((call, answer) -> answer.end());

        assertThat(amid().message()).isEqualTo(BROKEN_OFF);
    }

    @Test
    void half_a_reply_is_no_answer() {
        vendor.on(path(), (call, answer) -> {
            answer.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n");
            answer.raw(whole("text").substring(0, 40));
            answer.cut();
        });

        assertThat(failure(Mode.WHOLE, target(PATIENT)).kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_connection_that_is_reset_or_no_http_is_no_answer(Mode mode) {
        vendor.on(path(), (call, answer) -> answer.reset());
        assertThat(failure(mode, target(PATIENT)).kind()).isEqualTo(ErrorKind.UNREACHABLE);

        vendor.on(path(), (call, answer) -> {
            answer.raw("~~~ what?\r\n\r\n");
            answer.cut();
        });
        assertThat(failure(mode, target(PATIENT)).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_refused_connection_is_a_failure_of_the_upstream(Mode mode) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Target nobody = Lab.target(Lab.upstream(upstream("http://127.0.0.1:" + port, PATIENT)), "any");

        GatewayException failure = failure(mode, nobody);

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("the upstream cannot be reached");
    }

    @Test
    void what_has_arrived_is_ready_and_nothing_else() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        List<String> frames = frames("text");
        vendor.on(path(), (call, answer) -> {
            answer.start(200, wire().contentType());
            answer.chunk(frames.get(0) + frames.get(1));
            read.await();
            answer.chunk(String.join("", frames.subList(2, frames.size()))).end();
        });

        try (ModelStream stream = provider().stream(target(PATIENT), request(Ability.NO_USAGE), new CallScope())) {
            List<JsonNode> chunks = new ArrayList<>();
            while (stream.ready()) {
                chunks.add(Lab.written(stream.next().orElseThrow().json()));
            }
            assertThat(chunks).hasSizeGreaterThanOrEqualTo(2);
            read.countDown();
            chunks.addAll(Lab.rest(stream));
            assertThat(Outcome.of(HubInvariants.hold(chunks))).isEqualTo(Ability.TEXT.outcome());
        }
    }

    @Test
    void closing_the_stream_ends_the_vendors_work() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        halfThen((call, answer) -> {
            try {
                while (true) {
                    answer.chunk("\n");
                    Thread.sleep(5);
                }
            } catch (IOException e) {
                gone.countDown();
                throw e;
            }
        });

        try (ModelStream stream = provider().stream(target(PATIENT), request(Ability.NO_USAGE), new CallScope())) {
            assertThat(stream.next()).isPresent();
            begun.countDown();
        }

        gone.await();
    }

    /** The failure of a stream that has not begun: another target can still be tried. */
    final GatewayException refusedStream() {
        return catchThrowableOfType(
                GatewayException.class,
                () -> provider().stream(target(PATIENT), request(Ability.NO_USAGE), new CallScope())
                        .close());
    }

    final GatewayException amid() {
        return amid(PATIENT);
    }

    /** The failure of a stream that has begun, which has not said that it was complete. */
    final GatewayException amid(String timeouts) {
        List<JsonNode> chunks = new ArrayList<>();
        try (ModelStream stream = provider().stream(target(timeouts), request(Ability.NO_USAGE), new CallScope())) {
            GatewayException failure = catchThrowableOfType(GatewayException.class, () -> {
                for (Optional<ModelChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                    chunks.add(Lab.written(chunk.get().json()));
                    begun.countDown();
                }
            });
            assertThat(HubInvariants.holdSoFar(chunks)).isNotEmpty();
            return failure;
        }
    }

    /** Two frames of an answer; when the client has seen the first, something else. */
    final void halfThen(Script then) {
        vendor.on(path(), (call, answer) -> {
            answer.start(200, wire().contentType());
            for (String frame : frames("text").subList(0, 2)) {
                answer.chunk(frame);
            }
            begun.await();
            then.play(call, answer);
        });
    }
}
