package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.Secret;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.ChatRequest;
import dev.drawbridge.inference.CompletionRequest;
import dev.drawbridge.inference.EmbeddingRequest;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Preset;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A provider before a fake Ollama, and the words to ask it. */
final class OllamaLab implements AutoCloseable {
    final FakeUpstream ollama = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();
    final OllamaProvider provider = new OllamaProvider(client);

    /** Asks for a whole answer. */
    JsonNode answer(ModelRequest request) {
        return wired(provider.answer(target(), request).json());
    }

    /** Asks for a streamed answer and reads it to its end. */
    List<JsonNode> stream(ModelRequest request) {
        try (ModelStream stream = provider.stream(target(), request)) {
            return rest(stream);
        }
    }

    static List<JsonNode> rest(ModelStream stream) {
        List<JsonNode> chunks = new ArrayList<>();
        for (Optional<ModelChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
            chunks.add(wired(chunk.get().json()));
        }
        return chunks;
    }

    /** The document as a client gets it: in memory, one and the same number may be an int or a long. */
    private static JsonNode wired(ObjectNode document) {
        return json(new String(JsonCodec.write(document), StandardCharsets.UTF_8));
    }

    /** What the fake was asked last. */
    JsonNode asked() {
        return json(ollama.lastCall().body());
    }

    Target target() {
        return target(Duration.ofSeconds(20));
    }

    Target target(Duration patience) {
        return new Target(
                upstream(ollama.url(), patience),
                "llama3:latest",
                new ModelFacts("", "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Set.of()),
                List.of());
    }

    static Upstream upstream(String url, Duration patience) {
        UpstreamConfig config = new UpstreamConfig(
                "upstreams[0]",
                "lab",
                "ollama",
                Map.of("base-url", url + "/"),
                new Secret("s3cret"),
                Map.of("X-Team", new Secret("blue")),
                new UpstreamConfig.TimeoutConfig(patience, patience, patience, patience),
                8,
                new UpstreamConfig.ConnectionConfig("", "", Secret.NONE),
                Optional.empty(),
                List.of());
        Preset preset = new Preset(
                "ollama",
                "Ollama",
                "ollama",
                List.of("{base-url}/{path}"),
                List.of(),
                Map.of(),
                new Preset.Auth("Authorization", "Bearer ", Preset.Key.OPTIONAL),
                Map.of(),
                false,
                true,
                new Preset.Environment(List.of(), Map.of()),
                List.of());
        return new Upstream(config, preset);
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
