package dev.drawbridge.protocol.openai.upstream;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.ControlClients;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Upstream;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads an upstream's list of models. */
final class OpenAiListing {
    /** Gemini puts it before every id, and takes ids without it. */
    private static final String GEMINI_PREFIX = "models/";

    private OpenAiListing() {}

    static List<DiscoveredModel> of(Upstream upstream) {
        try (OpenAiModels models = ControlClients.create(OpenAiModels.class, upstream, upstream.uri("models", ""))) {
            JsonArray data = models.list().getJsonArray("data");
            return data == null
                    ? List.of()
                    : data.stream()
                            .filter(JsonObject.class::isInstance)
                            .map(entry -> model(entry.asJsonObject()))
                            .filter(model -> !model.id().isEmpty())
                            .toList();
        } catch (WebApplicationException e) {
            throw unlisted("status " + e.getResponse().getStatus(), e);
        } catch (ProcessingException | JsonException | ClassCastException e) {
            throw unlisted("no list", e);
        }
    }

    private static GatewayException unlisted(String what, Exception cause) {
        return new GatewayException(ErrorKind.UPSTREAM_ERROR, "the list of models came back with " + what, cause);
    }

    private static DiscoveredModel model(JsonObject entry) {
        String id = entry.getString("id", "");
        String bare = id.startsWith(GEMINI_PREFIX) ? id.substring(GEMINI_PREFIX.length()) : id;
        return new DiscoveredModel(bare, context(entry), List.of());
    }

    /** vLLM, OpenRouter, Mistral and llama.cpp, in this order. */
    private static OptionalLong context(JsonObject entry) {
        JsonObject meta = entry.get("meta") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        return Stream.of(
                        entry.get("max_model_len"),
                        entry.get("context_length"),
                        entry.get("max_context_length"),
                        meta.get("n_ctx"),
                        meta.get("n_ctx_train"))
                .filter(JsonNumber.class::isInstance)
                .mapToLong(number -> ((JsonNumber) number).longValue())
                .findFirst();
    }
}
