package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A provider before a fake Ollama, and the words to ask it. */
final class OllamaLab implements AutoCloseable {
    final FakeUpstream ollama = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();
    final OllamaProvider provider = new OllamaProvider(client);

    /** Asks for a whole answer. */
    JsonNode answer(ModelRequest request) {
        return Lab.written(provider.answer(target(), request, new CallScope()).json());
    }

    /** Asks for a streamed answer and reads it to its end. */
    List<JsonNode> stream(ModelRequest request) {
        try (ModelStream stream = provider.stream(target(), request, new CallScope())) {
            return rest(stream);
        }
    }

    static List<JsonNode> rest(ModelStream stream) {
        return Lab.rest(stream);
    }

    /** What the fake was asked last. */
    JsonNode asked() {
        return json(ollama.lastCall().body());
    }

    Target target() {
        return target(Duration.ofSeconds(20));
    }

    Target target(Duration patience) {
        return Lab.target(upstream(ollama.url(), patience), "llama3:latest");
    }

    static Upstream upstream(String url, Duration patience) {
        String wait = patience.toMillis() + "ms";
        return Lab.upstream("""
                {name: lab, kind: ollama, base-url: '%s/', api-key: s3cret, headers: {X-Team: blue}, max-in-flight: 8,
                 timeouts: {connect: %s, first-token: %s, idle: %s, total: %s}}
                """.formatted(url, wait, wait, wait, wait));
    }

    static ChatRequest chat(String json) {
        return new ChatRequest(request(json));
    }

    static CompletionRequest completion(String json) {
        return new CompletionRequest(request(json));
    }

    static EmbeddingRequest embedding(String json) {
        return new EmbeddingRequest(request(json));
    }

    private static ObjectNode request(String json) {
        return ((ObjectNode) json(json)).put("model", "llama3:latest");
    }

    static JsonNode json(String text) {
        try {
            return JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        ollama.close();
        client.close();
    }
}
