package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Credentials of upstreams that do not stand in the file: in one of their own, or stored by the gateway. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CredentialsIT {
    private static final Path FOLDER = Path.of("target", "it", "credentials");
    private static final String ADMIN_KEY = "dbk-0123456789-administrator";
    private static final String STORED = "sk-stored-0123456789-abcdef-wxyz";
    private static final String PATH = "/admin/v1/upstreams/lab/credential";
    private static final String CHAT = "/v1/chat/completions";
    private static final FakeUpstream LAB = new FakeUpstream();

    private static BareServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        clear(FOLDER.resolve("data"));
        Path secret = Files.createDirectories(FOLDER).resolve("filed-key");
        Files.writeString(secret, "sk-of-a-file\n");
        Files.writeString(
                FOLDER.resolve("drawbridge.yaml"), """
                upstreams:
                  - { name: lab, kind: mistral, base-url: "%s/v1", credential: stored }
                  - { name: filed, kind: openai, base-url: "%s/v1", api-key: "${file:%s}" }
                models:
                  - { id: small, targets: [{ upstream: lab }] }
                  - { id: filed, targets: [{ upstream: filed }] }
                retries: { attempts: 1 }
                """.formatted(LAB.url(), LAB.url(), secret.toAbsolutePath()));
        LAB.on(CHAT, 200, Said.reply("Hello"));
        server = start(key("one", 1));
    }

    private static BareServer start(String keys) throws IOException, InterruptedException {
        return BareServer.start(
                "credentials",
                "127.0.0.1:1",
                List.of("-Ddrawbridge.admin.key=" + ADMIN_KEY, "-Ddrawbridge.encryption.keys=" + keys));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String key(String id, int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    @AfterAll
    static void stop() {
        server.close();
        LAB.close();
    }

    private static Http.Reply send(String method, String path, String body) {
        HttpRequest.Builder request = Http.request(server.url(path))
                .header("Authorization", "Bearer " + ADMIN_KEY)
                .header("Content-Type", "application/json");
        return Http.send(request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** What the upstream has seen in {@code Authorization}. */
    private static String asked(String model) {
        String question = "{'model':'%s','messages':[{'role':'user','content':'Hi'}]}".formatted(model);
        assertThat(send("POST", CHAT, question).status()).isEqualTo(200);
        return LAB.lastCall().headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("authorization"))
                .map(header -> header.getValue())
                .findFirst()
                .orElse("none");
    }

    @Test
    @Order(1)
    void a_stored_credential_is_in_force_at_once_and_never_shown() throws IOException {
        assertThat(asked("small")).isEqualTo("none");
        assertThat(send("GET", PATH, "").status()).isEqualTo(404);

        Http.Reply put = send("PUT", PATH, "{'api-key':'" + STORED + "'}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(asked("small")).isEqualTo("Bearer " + STORED);

        Http.Reply get = send("GET", PATH, "");
        assertThat(get.json().path("upstream").asText()).isEqualTo("lab");
        assertThat(get.json().path("endings").path(0).asText()).isEqualTo("wxyz");
        assertThat(get.json().path("encryption-key").asText()).isEqualTo("one");
        assertThat(get.header("etag")).isEqualTo("\"1\"").isEqualTo(put.header("etag"));
        String beginning = STORED.substring(0, 12);
        for (String path : List.of(
                PATH,
                "/admin/v1/credentials",
                "/admin/v1/upstreams",
                "/admin/v1/audit",
                "/admin/v1/audit/export",
                "/admin/v1/diagnosis",
                "/config")) {
            Http.Reply reply = send("GET", path, "");
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.body()).as(path).doesNotContain(beginning);
        }
        assertThat(server.output())
                .contains("upstream lab: its stored credential is in force")
                .doesNotContain(beginning);
    }

    @Test
    @Order(2)
    void what_cannot_be_a_credential_is_refused_in_words_that_do_not_repeat_it() {
        for (String body : List.of(
                "{}",
                "{'api-key':''}",
                "{'api-key':'with a blank'}",
                "{'api-keys':['good-1234','b\\nad-1234']}",
                "{'api-key':{'value':'good-1234'}}",
                "{'api_key':'good-1234'}")) {
            Http.Reply reply = send("PUT", PATH, body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.body()).as(body).contains("api").doesNotContain("1234", "blank\"");
        }
        assertThat(send("PUT", "/admin/v1/upstreams/lap/credential", "{'api-key':'k'}")
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo("No upstream is called lap; did you mean lab?");
        assertThat(asked("small")).isEqualTo("Bearer " + STORED);
    }

    @Test
    @Order(3)
    void a_secret_file_is_followed() throws Exception {
        assertThat(asked("filed")).isEqualTo("Bearer sk-of-a-file");
        Path fresh = Files.writeString(FOLDER.resolve("fresh"), "sk-rotated\n");
        Files.move(fresh, FOLDER.resolve("filed-key"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(Waiting.until(Duration.ofSeconds(5), () -> asked("filed").equals("Bearer sk-rotated")))
                .isTrue();
    }

    @Test
    @Order(4)
    void after_a_restart_with_another_key_all_can_be_encrypted_anew() throws Exception {
        server.terminate().awaitExit(Duration.ofSeconds(40));
        server = start(key("two", 2) + "," + key("one", 1));
        assertThat(asked("small")).isEqualTo("Bearer " + STORED);

        JsonNode rewrapped = send("POST", "/admin/v1/credentials/rewrap", "").json();
        assertThat(rewrapped.path("encryption-key").asText()).isEqualTo("two");
        assertThat(rewrapped.path("rewrapped").path(0).asText()).isEqualTo("lab");
        assertThat(rewrapped.path("unreadable")).isEmpty();
        assertThat(send("GET", "/admin/v1/credentials", "")
                        .json()
                        .at("/data/0/encryption-key")
                        .asText())
                .isEqualTo("two");
        assertThat(asked("small")).isEqualTo("Bearer " + STORED);
    }

    @Test
    @Order(5)
    void a_deleted_credential_is_no_longer_sent() {
        assertThat(send("DELETE", PATH, "").status()).isEqualTo(204);

        assertThat(asked("small")).isEqualTo("none");
        assertThat(send("GET", PATH, "").status()).isEqualTo(404);
    }
}
