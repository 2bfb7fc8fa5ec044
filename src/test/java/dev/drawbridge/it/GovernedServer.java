package dev.drawbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server of a test's own with an administrator's key, one model with a price and one without, and the upstream behind
 * them, where each answer uses 10 tokens of prompt and 20 of answer.
 */
final class GovernedServer implements AutoCloseable {
    static final String ADMIN = "dbk-0123456789-administrator";

    /** What one call of {@code small} costs in EUR: 10 tokens at 2 and 20 at 6 for a million. */
    static final String COST = "0.00014";

    private static final String ANSWER = """
            {"id":"c1","object":"chat.completion","created":1700000000,"model":"m",
            "choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}}""";

    private final String folder;
    private final List<String> options;
    private final FakeUpstream lab;
    private BareServer server;

    private GovernedServer(String folder, List<String> options, FakeUpstream lab)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.options = options;
        this.lab = lab;
        this.server = BareServer.start(folder, "127.0.0.1:1", options);
    }

    /**
     * @param folder below {@code target/it}, emptied first
     * @param more options of the JVM
     */
    static GovernedServer start(String folder, String... more) throws IOException, InterruptedException {
        Path home = Path.of("target", "it", folder);
        wipe(home);
        FakeUpstream lab = new FakeUpstream();
        lab.on("/v1/chat/completions", (call, answer) -> {
            if (call.body().contains("\"stream\":true")) {
                Said.hello().play(call, answer);
            } else {
                answer.whole(200, "application/json", ANSWER);
            }
        });
        Files.createDirectories(home);
        Files.writeString(home.resolve("drawbridge.yaml"), """
                retries: { attempts: 1 }
                upstreams: [{ name: lab, kind: openai, base-url: %s/v1, discovery: false }]
                models:
                  - id: small
                    aliases: [tiny]
                    targets: [{ upstream: lab }]
                    price: { currency: EUR, input: 2, output: 6 }
                  - { id: unpriced, targets: [{ upstream: lab }] }
                """.formatted(lab.url()));
        List<String> options = new ArrayList<>(List.of(more));
        options.add("-Ddrawbridge.admin.key=" + ADMIN);
        options.add("-Ddrawbridge.data=data");
        return new GovernedServer(folder, options, lab);
    }

    private static void wipe(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    FakeUpstream lab() {
        return lab;
    }

    BareServer server() {
        return server;
    }

    /** Starts it again on what it left behind. */
    void restart() throws IOException, InterruptedException {
        server = BareServer.start(folder, "127.0.0.1:1", options);
    }

    /** One call with the administrator's key. In JSON, single quotes stand for double ones; no body where it is empty. */
    Http.Reply admin(String method, String path, String json) {
        HttpRequest.Builder request = Http.request(server.url("/admin/v1/" + path))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json");
        return Http.send(request.method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    JsonNode read(String path) {
        return admin("GET", path, "").json();
    }

    /** A new key, as the answer shows it. */
    JsonNode key(String json) {
        Http.Reply created = admin("POST", "keys", json);
        if (created.status() != 201) {
            throw new AssertionError(created.status() + " " + created.body());
        }
        return created.json();
    }

    Http.Reply ask(String key, String model) {
        return send(key, "{'model':'" + model + "','max_tokens':20,'messages':[{'role':'user','content':'Hi'}]}");
    }

    Http.Reply send(String key, String json) {
        return Http.send(Http.request(server.url("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    @Override
    public void close() {
        server.close();
        lab.close();
    }
}
