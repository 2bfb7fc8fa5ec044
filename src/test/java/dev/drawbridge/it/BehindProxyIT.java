package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers whose addresses a proxy on this machine tells. */
class BehindProxyIT {
    private static final String ADMIN_KEY = "dbk-0123456789-administrator";
    private static final String CLIENT = "198.51.100.7";

    private static BareServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "it", "behind-proxy"));
        Files.writeString(folder.resolve("drawbridge.yaml"), """
                server: { trusted-proxies: [127.0.0.1] }
                upstreams: [{ name: demo, kind: demo }]
                """);
        server = BareServer.start("behind-proxy", "127.0.0.1:1", List.of("-Ddrawbridge.admin.key=" + ADMIN_KEY));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** @param lines of the header, each as a proxy adds it */
    private static HttpRequest.Builder from(String credential, String path, String... lines) {
        HttpRequest.Builder request = Http.request(server.url(path)).header("Authorization", "Bearer " + credential);
        for (String line : lines) {
            request.header("X-Forwarded-For", line);
        }
        return request;
    }

    private static Http.Reply makeKey(String json, String... lines) {
        return Http.send(from(ADMIN_KEY, "/admin/v1/keys", lines)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    @Test
    void a_key_is_bound_to_addresses_that_clients_cannot_make_up() {
        String key = makeKey("{'name':'bound','addresses':['" + CLIENT + "']}", "203.0.113.1")
                .json()
                .path("key")
                .asText();

        assertThat(Http.send(from(key, "/v1/models", CLIENT).GET()).status()).isEqualTo(200);
        assertThat(Http.send(from(key, "/v1/models", "203.0.113.9", CLIENT + ":4711")
                                .GET())
                        .status())
                .isEqualTo(200);
        assertThat(Http.send(from(key, "/v1/models", CLIENT, "203.0.113.9").GET())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_audit_says_where_the_administrator_is_and_not_the_proxy() {
        String id = makeKey("{'name':'audited'}", "203.0.113.9", CLIENT)
                .json()
                .path("id")
                .asText();

        assertThat(Http.send(from(ADMIN_KEY, "/admin/v1/audit?kind=key&id=" + id)
                                .GET())
                        .json()
                        .at("/data/0/from")
                        .asText())
                .isEqualTo(CLIENT);
    }

    @Test
    void guesses_from_one_network_of_ipv6_are_counted_together() {
        List<Integer> guesses = IntStream.range(0, 110)
                .mapToObj(i -> from("sk-db-guess", "/v1/models", "2001:db8:0:7::" + Integer.toHexString(i)))
                .map(guess -> Http.send(guess.GET()).status())
                .toList();

        assertThat(guesses.getFirst()).isEqualTo(401);
        assertThat(guesses.getLast()).isEqualTo(429);
        assertThat(Http.send(from("sk-db-guess", "/v1/models", "2001:db8:0:8::1")
                                .GET())
                        .status())
                .isEqualTo(401);
    }
}
