package dev.drawbridge.it;

import dev.drawbridge.fakes.FakeUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server of a test's own, to be stopped or overloaded, and the upstreams behind it. */
record OwnServer(BareServer server, FakeUpstream lab, FakeUpstream ollama) implements AutoCloseable {
    private static final String QUESTION = "{'model':'%s','stream':%s,'messages':[{'role':'user','content':'Hi'}]}";

    /** @param settings of {@code server} in the configuration file */
    static OwnServer start(String folder, String settings) throws IOException, InterruptedException {
        FakeUpstream lab = new FakeUpstream();
        FakeUpstream ollama = new FakeUpstream();
        Path file = Files.createDirectories(Path.of("target", "it", folder)).resolve("drawbridge.yaml");
        Files.writeString(file, """
                server: { %s }
                retries: { attempts: 1 }
                upstreams:
                  - { name: lab, kind: openai, base-url: %s/v1 }
                  - { name: ollama, kind: ollama, base-url: %s, discovery: false }
                models:
                  - { id: small, targets: [{ upstream: lab }] }
                  - { id: llama, targets: [{ upstream: ollama, model: "llama:1b" }] }
                """.formatted(settings, lab.url(), ollama.url()));
        // It finds the file in its working directory.
        return new OwnServer(BareServer.start(folder, "127.0.0.1:1", List.of()), lab, ollama);
    }

    /** Asks the lab's model and leaves the answer on the wire. */
    Wire ask(String path, String id, boolean stream) throws IOException {
        return new Wire(server.port()).post(path, id, QUESTION.formatted("small", stream));
    }

    Http.Reply chat(String path) {
        return Http.post(server.url(path), QUESTION.formatted("small", false));
    }

    /** Calls in the gateway, as it says itself. */
    int running() {
        return Http.get(server.url("/health/ready"))
                .json()
                .at("/checks/0/data/calls")
                .asInt(-1);
    }

    @Override
    public void close() {
        server.close();
        lab.close();
        ollama.close();
    }
}
