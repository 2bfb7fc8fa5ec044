package dev.drawbridge.it;

import dev.drawbridge.fakes.FakeUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the gateway under test is told, and whom it may ask. */
final class World {
    static final Path LOG = Path.of("target", "it", "server.log.0");

    /** Where the server stores what was changed while it ran. */
    static final Path MANAGED = Path.of("target", "it", "data", "managed.yaml");

    /** The upstream's key; nobody but the upstream may ever see it. */
    static final String LAB_KEY = "sk-lab-0123456789-secret";

    static final FakeUpstream LAB = new FakeUpstream();
    static final FakeUpstream SPARE = new FakeUpstream();
    static final FakeUpstream OLLAMA = new FakeUpstream();

    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String EMBEDDINGS = "/v1/embeddings";

    /** A model of the lab, and another name for it. */
    static final String MODEL = "lab/model:8b";

    static final String ALIAS = "small";

    private static final Path CONFIG = Path.of("target", "it", "drawbridge.yaml");

    private World() {}

    /** Before the server starts: a configuration, and nothing of an earlier one. */
    static void prepare() {
        configure("");
        try {
            Files.deleteIfExists(LOG);
            Files.deleteIfExists(MANAGED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fakes know no script, and the gateway knows nothing bad of them. */
    static void forget() {
        LAB.forget();
        SPARE.forget();
        OLLAMA.forget();
        forgive();
    }

    /** Upstreams that have failed may be asked again. */
    static void forgive() {
        Http.send(Http.request("/admin/v1/upstreams/health").DELETE());
    }

    /** Writes the configuration file, with more entries for its list of models. */
    static void configure(String moreModels) {
        write(base() + moreModels);
    }

    /** Replaces the file as editors and Kubernetes do, in one step. */
    static void write(String yaml) {
        try {
            Files.createDirectories(CONFIG.getParent());
            Path fresh = Files.writeString(CONFIG.resolveSibling("fresh.yaml"), yaml);
            Files.move(fresh, CONFIG, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base() {
        return """
            server: { max-body: 1MB, cors-origins: ["https://app.example", "http://localhost:*"] }
            retries: { attempts: 1 }
            upstreams:
              - { name: lab, kind: openai, base-url: %s/v1, api-key: %s }
              - { name: spare, kind: openai, base-url: %s/v1 }
              - { name: ollama, kind: ollama, base-url: %s, discovery: false }
              - { name: dead, kind: openai, base-url: http://127.0.0.1:1/v1 }
              - { name: hasty, kind: openai, base-url: %s/v1, timeouts: { connect: 1s, first-token: 1s, idle: 1s, total: 5s } }
              - name: silent
                kind: openai
                base-url: http://127.0.0.1:1/v1
                discovery: false
                probe: { every: 1s, timeout: 500ms }
            models:
              - { id: "lab/model:8b", aliases: [small], targets: [{ upstream: lab, model: real-name }] }
              - { id: embedder, capabilities: [embeddings], targets: [{ upstream: lab, model: real-embedder }] }
              - id: careful
                targets: [{ upstream: lab, priority: 1 }, { upstream: spare, model: careful-2, priority: 2 }]
              - id: adapted
                targets: [{ upstream: lab }]
                max-tokens: { default: 500, limit: 1000 }
                adaptations: [{ drop: [logit_bias] }]
              - { id: llama, targets: [{ upstream: ollama, model: "llama:1b" }] }
              - { id: unreachable, targets: [{ upstream: dead }] }
              - { id: impatient, targets: [{ upstream: hasty }] }
              - { id: rescued, targets: [{ upstream: dead }], fallbacks: [small] }
              - id: bound
                pinning: false
                targets: [{ upstream: lab, labels: { track: stable } }, { upstream: spare, labels: { track: canary } }]
                routes: [{ when: { header: x-track, is: canary }, to: { track: canary } }, { to: { track: stable } }]
            """.formatted(LAB.url(), LAB_KEY, SPARE.url(), OLLAMA.url(), LAB.url());
    }
}
