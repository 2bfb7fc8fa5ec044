package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the port for administration takes, and what all others take: the same listener is one after the other. */
class AdminPortIT {
    private static final Path FOLDER = Path.of("target", "it", "admin-port");
    private static final String ADMIN_KEY = "dbk-0123456789-administrator";
    private static final List<String> FOR_ALL =
            List.of("/admin/v1/me", "/v1/models", "/api/tags", "/health/ready", "/signin/", "/auth/issuers");
    private static final List<String> ADMINISTRATION = List.of("/admin/v1/teams", "/config");

    @Test
    void administration_and_models_are_on_ports_of_their_own_and_who_one_is_on_both() throws Exception {
        configure("1");
        try (BareServer server =
                BareServer.start("admin-port", "127.0.0.1:1", List.of("-Ddrawbridge.admin.key=" + ADMIN_KEY))) {
            assertThat(statuses(server, FOR_ALL)).containsOnly(200);
            assertThat(statuses(server, ADMINISTRATION)).containsOnly(404);
            assertThat(chat(server)).isEqualTo(200);

            configure(String.valueOf(server.port()));
            assertThat(Waiting.until(Duration.ofSeconds(10), () -> chat(server) == 404))
                    .isTrue();
            assertThat(statuses(server, FOR_ALL)).containsOnly(200);
            assertThat(statuses(server, ADMINISTRATION)).containsOnly(200);
        }
    }

    private static void configure(String port) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("drawbridge.yaml"), """
                server: { admin-port: %s }
                upstreams: [{ name: demo, kind: demo }]
                """.formatted(port));
    }

    private static List<Integer> statuses(BareServer server, List<String> paths) {
        return paths.stream()
                .map(path -> Http.send(request(server, path).GET()).status())
                .toList();
    }

    private static int chat(BareServer server) {
        String question = "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return Http.send(request(server, World.CHAT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question)))
                .status();
    }

    private static HttpRequest.Builder request(BareServer server, String path) {
        return Http.request(server.url(path)).header("Authorization", "Bearer " + ADMIN_KEY);
    }
}
