package dev.drawbridge.protocol.ollama.upstream;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.protocol.ollama.control.OllamaAdministration;
import dev.drawbridge.provider.ControlClients;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Upstream;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models of an Ollama server. */
final class OllamaListing {
    private OllamaListing() {}

    static List<DiscoveredModel> models(Upstream upstream) {
        try (OllamaAdministration ollama =
                ControlClients.create(OllamaAdministration.class, upstream, upstream.uri("", ""))) {
            return read(ollama.tags());
        } catch (ProcessingException | JsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream does not list its models", e);
        }
    }

    /** @throws GatewayException when the document is no such list */
    static List<DiscoveredModel> read(@Nullable JsonValue tags) {
        if (tags instanceof JsonObject list && list.get("models") instanceof JsonArray models) {
            return models.stream().flatMap(OllamaListing::model).toList();
        }
        throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no list of models");
    }

    private static Stream<DiscoveredModel> model(JsonValue entry) {
        if (entry instanceof JsonObject model && model.get("name") instanceof JsonString name) {
            return Stream.of(new DiscoveredModel(name.getString(), context(model), capabilities(model)));
        }
        return Stream.empty();
    }

    private static OptionalLong context(JsonObject model) {
        return model.get("details") instanceof JsonObject details
                        && details.get("context_length") instanceof JsonNumber context
                        && context.longValue() > 0
                ? OptionalLong.of(context.longValue())
                : OptionalLong.empty();
    }

    private static List<String> capabilities(JsonObject model) {
        return model.get("capabilities") instanceof JsonArray capabilities
                ? capabilities.stream()
                        .flatMap(OllamaListing::capability)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Ollama's word in the catalogue's; {@code format} works with every model that writes. */
    private static Stream<String> capability(JsonValue word) {
        return switch (word instanceof JsonString text ? text.getString() : "") {
            case "completion" -> Stream.of("chat", "completion", "json-mode", "json-schema");
            case "insert" -> Stream.of("completion");
            case "embedding" -> Stream.of("embeddings");
            case "thinking" -> Stream.of("reasoning");
            case "tools" -> Stream.of("tools");
            case "vision" -> Stream.of("vision");
            case "audio" -> Stream.of("audio");
            default -> Stream.empty();
        };
    }
}
