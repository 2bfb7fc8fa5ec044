package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, and in which wrapping. */
@ExtendWith(ShippedWar.class)
class DoorIT {
    private static final String QUESTION =
            "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Test
    void a_client_s_own_request_id_comes_back() {
        assertThat(Http.send(Http.request("/v1/models")
                                .header("x-request-id", "order-66:a.b_c")
                                .GET())
                        .header("x-request-id"))
                .isEqualTo("order-66:a.b_c");
    }

    @Test
    void a_request_id_that_could_spoil_the_log_does_not() {
        assertThat(Http.send(Http.request("/v1/models")
                                .header("x-request-id", "a b\tc")
                                .GET())
                        .header("x-request-id"))
                .startsWith("req_");
    }

    @Test
    void request_ids_differ() {
        assertThat(Http.get("/v1/models").header("x-request-id"))
                .isNotEqualTo(Http.get("/v1/models").header("x-request-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.1.2"})
    void another_host_name_is_refused(String host) throws IOException {
        try (Wire wire = new Wire()) {
            Wire.Head head = wire.send("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .head();
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(wire.body(head)).contains("DRAWBRIDGE_ADMIN_KEY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"})
    void a_call_through_a_proxy_is_refused(String header) {
        ErrorsIT.refused(
                401,
                Http.send(
                        Http.request("/v1/models").header(header, "203.0.113.7").GET()));
    }

    @Test
    void a_web_page_of_a_configured_origin_may_ask() {
        Http.Reply allowed = Http.send(Http.request(World.CHAT)
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-stainless-lang")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(allowed.header("access-control-allow-methods")).contains("POST");
        assertThat(allowed.header("access-control-allow-headers")).contains("x-stainless-lang", "authorization");
    }

    @Test
    void the_answer_to_a_configured_origin_may_be_read() {
        Http.Reply answer = Http.send(Http.request("/v1/models")
                .header("Origin", "http://localhost:3000")
                .GET());
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
        assertThat(answer.header("access-control-expose-headers")).contains("x-request-id");
        assertThat(answer.header("vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://app.example.evil.example", "http://app.example", "null"})
    void a_web_page_of_another_origin_may_not_read(String origin) {
        Http.Reply answer =
                Http.send(Http.request("/v1/models").header("Origin", origin).GET());
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, http://localhost.evil.example:3000",
        "Origin, http://127.0.0.1:1",
        "Origin, null",
        "Sec-Fetch-Site, cross-site"
    })
    void a_web_page_of_another_origin_may_not_even_send(String header, String value) {
        for (String path : List.of(
                World.CHAT, "/api/chat", "/models/manage", "/admin/v1/keys", "/admin/v1/backup", "/admin/v1/limits")) {
            Http.Reply simple = Http.send(Http.request(path)
                    .header(header, value)
                    .header("Content-Type", "text/plain;a=+json")
                    .POST(BodyPublishers.noBody()));
            assertThat(simple.status()).as(path).isEqualTo(401);
            assertThat(simple.body()).as(path).contains("server.cors-origins");
        }
        assertThat(Http.send(Http.request("/v1/models").header(header, value).GET())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_web_page_of_the_gateway_s_own_origin_may_ask_as_may_configured_ones() {
        for (String origin : List.of(RunningServer.url().toString(), "https://app.example", "http://localhost:3000")) {
            assertThat(Http.send(Http.request("/v1/models")
                                    .header("Origin", origin)
                                    .header("Sec-Fetch-Site", "cross-site")
                                    .GET())
                            .status())
                    .as(origin)
                    .isEqualTo(200);
        }
        assertThat(Http.send(Http.request("/v1/models")
                                .header("Sec-Fetch-Site", "none")
                                .GET())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_zipped_body_is_unzipped() throws IOException {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        assertThat(zipped("gzip", zip(QUESTION)).status()).isEqualTo(200);
        assertThat(World.LAB.lastCall().body()).contains("\"Hi\"");
    }

    @Test
    void a_zipped_body_is_measured_unzipped() throws IOException {
        ErrorsIT.refused(413, zipped("gzip", zip("{\"a\":\"" + "a".repeat(5_000_000) + "\"}")));
    }

    @Test
    void a_body_that_is_not_what_its_encoding_says_is_refused() {
        ErrorsIT.refused(400, zipped("gzip", QUESTION.getBytes(StandardCharsets.UTF_8)));
        ErrorsIT.refused(415, zipped("br", QUESTION.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab/model:8b", "lab%2Fmodel%3A8b", "lab%2fmodel:8b"})
    void a_model_s_id_may_have_a_slash(String id) {
        assertThat(Http.get("/v1/models/" + id).json().path("id").asText()).isEqualTo(World.MODEL);
    }

    @Test
    void one_connection_serves_more_than_the_server_s_own_250_requests() throws IOException {
        try (Wire wire = new Wire()) {
            for (int i = 0; i < 300; i++) {
                Wire.Head head = wire.send("GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                        .head();
                assertThat(head.status()).isEqualTo(200);
                assertThat(wire.body(head)).contains("ok");
            }
        }
    }

    private static Http.Reply zipped(String encoding, byte[] body) {
        return Http.send(Http.request(World.CHAT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }
}
