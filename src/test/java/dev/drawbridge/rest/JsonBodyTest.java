package dev.drawbridge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of up to 1 MB, and memory for 1200 KB of them. */
class JsonBodyTest {
    private static final int KB = 1024;

    private final LiveFile file = new LiveFile("""
            server: {max-body: 1MB, body-memory: 1200KB}
            upstreams: [{name: demo, kind: demo}]
            """);
    private final BodyMemory memory = new BodyMemory(file.config());

    @AfterEach
    void close() {
        file.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 70 * KB, 300 * KB, 1024 * KB})
    void a_body_is_read_however_it_comes(int length) throws IOException {
        byte[] body = body(length);
        byte[] zipped = zipped(body);

        assertThat(read(body, "", length)).isEqualTo(read(body, "", -1));
        assertThat(read(zipped, "gzip", zipped.length)).isEqualTo(read(zipped, "gzip", -1));
        assertThat(read(body, "identity", length)).isEqualTo(read(zipped, "gzip", -1));
        assertThat(memory.held()).isZero();
    }

    @Test
    void what_follows_the_announced_length_is_not_read() {
        byte[] two = "{\"a\":1}{\"a\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(read(two, "", 7).path("a").asInt()).isEqualTo(1);
    }

    @Test
    void a_body_that_is_too_long_is_refused_however_it_comes() throws IOException {
        byte[] body = body(1024 * KB + 1);
        byte[] zipped = zipped(body);

        assertThat(failure(body, "", body.length).kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(failure(body, "", -1).kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(failure(zipped, "gzip", zipped.length).kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(failure(zipped, "gzip", -1).kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(memory.held()).isZero();
    }

    @Test
    void a_body_that_is_shorter_than_announced_is_refused() {
        assertThat(failure(body(100), "", 101).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure(body(100 * KB), "", 101 * KB).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(memory.held()).isZero();
    }

    @Test
    void a_body_is_held_until_its_share_is_closed() {
        try (BodyMemory.Share share = memory.share()) {
            read(body(500 * KB), "", 500 * KB, share);
            assertThat(memory.held()).isEqualTo(500 * KB);
        }
        assertThat(memory.held()).isZero();
    }

    @Test
    void short_bodies_are_not_counted() {
        try (BodyMemory.Share share = memory.share()) {
            read(body(64 * KB), "", 64 * KB, share);
            assertThat(memory.held()).isZero();
        }
    }

    @Test
    void a_body_is_refused_while_others_hold_too_much() throws IOException {
        byte[] zipped = zipped(body(600 * KB));
        try (BodyMemory.Share first = memory.share()) {
            read(body(700 * KB), "", 700 * KB, first);

            assertThat(failure(body(600 * KB), "", 600 * KB))
                    .returns(ErrorKind.OVERLOADED, GatewayException::kind)
                    .satisfies(full -> assertThat(full.retryAfter()).contains(Duration.ofSeconds(1)));
            assertThat(failure(body(600 * KB), "", -1).kind()).isEqualTo(ErrorKind.OVERLOADED);
            assertThat(failure(zipped, "gzip", zipped.length).kind()).isEqualTo(ErrorKind.OVERLOADED);
            assertThat(read(body(500 * KB), "", 500 * KB)).isNotEmpty();
            assertThat(read(body(60 * KB), "", 60 * KB)).isNotEmpty();
            assertThat(memory.held()).isEqualTo(700 * KB);
        }
        assertThat(read(body(600 * KB), "", 600 * KB)).isNotEmpty();
    }

    @Test
    void one_alone_takes_what_it_needs() throws IOException, InterruptedException {
        file.change("""
                server: {max-body: 1MB, body-memory: 100KB}
                upstreams: [{name: demo, kind: demo}]
                """);

        assertThat(read(body(1000 * KB), "", 1000 * KB)).isNotEmpty();
        assertThat(read(body(1000 * KB), "", -1)).isNotEmpty();
        assertThat(memory.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "application/json ;a=b",
                "application/merge-patch+json",
                "application/problem+json;charset=utf-8"
            })
    void json_is_told_by_its_type(String type) {
        assertThat(typed(type)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/plain;a=+json",
                "text/plain; charset=application/json",
                "text/plain;+json",
                "multipart/form-data; boundary=+json",
                "application/x-www-form-urlencoded;a=+json",
                "application/json-seq",
                "application/jsonp"
            })
    void what_a_web_page_can_post_unasked_is_refused(String type) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> typed(type))
                        .kind())
                .isEqualTo(ErrorKind.UNSUPPORTED_MEDIA_TYPE);
    }

    private static ObjectNode typed(String type) {
        Arrival arrival = new Arrival("r", Caller.LOCAL, type, "", -1, 0, new CallScope(), name -> "");
        return JsonBody.read(new ByteArrayInputStream(body(100)), arrival, KB);
    }

    private ObjectNode read(byte[] body, String encoding, long announced) {
        try (BodyMemory.Share share = memory.share()) {
            return read(body, encoding, announced, share);
        }
    }

    private static ObjectNode read(byte[] body, String encoding, long announced, BodyMemory.Share share) {
        Arrival arrival =
                new Arrival("r", Caller.LOCAL, "application/json", encoding, announced, 0, new CallScope(), name -> "");
        return JsonBody.read(new ByteArrayInputStream(body), arrival, share);
    }

    private GatewayException failure(byte[] body, String encoding, long announced) {
        return catchThrowableOfType(GatewayException.class, () -> read(body, encoding, announced));
    }

    /** A document of so many bytes. */
    private static byte[] body(int length) {
        return ("{\"a\":\"" + "A".repeat(length - 8) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        }
        return zipped.toByteArray();
    }
}
