package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.UpstreamCheck;
import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Upstreams and targets as a configuration file makes them. In JSON, single quotes stand for double ones. */
public final class Lab {
    private static final ModelFacts NOTHING_KNOWN =
            new ModelFacts("", "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Set.of());

    private Lab() {}

    /** A configuration from its text in YAML, with no variables set. */
    public static DrawbridgeConfig config(String yaml) {
        try {
            ConfigReader reader = new ConfigReader(name -> Optional.empty(), List.of(new UpstreamCheck()));
            return reader.read(ConfigReader.parseYaml(yaml), "the test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An upstream from its entry, such as {@code {name: lab, kind: openai, base-url: …}}. */
    public static Upstream upstream(String entry) {
        DrawbridgeConfig config = config("upstreams: [" + entry + "]");
        UpstreamConfig upstream = config.upstreams().getFirst();
        return new Upstream(
                upstream, Presets.with(config.providers()).of(upstream.kind()).orElseThrow());
    }

    /** A model of which nothing is known, without adaptations. */
    public static Target target(Upstream upstream, String model) {
        return new Target(upstream, model, NOTHING_KNOWN, List.of());
    }

    public static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    public static JsonNode json(String text) {
        try {
            return JsonCodec.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    public static ChatRequest chat(String json) {
        return new ChatRequest(object(json));
    }

    /** All that is left of a stream, as it would be written: in memory one number may be an int or a long. */
    public static List<JsonNode> rest(ModelStream stream) {
        List<JsonNode> chunks = new ArrayList<>();
        for (Optional<ModelChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
            chunks.add(written(chunk.get().json()));
        }
        return chunks;
    }

    /** The document as a client reads it. */
    public static ObjectNode written(JsonNode document) {
        try {
            return (ObjectNode) JsonCodec.parse(JsonCodec.write(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
