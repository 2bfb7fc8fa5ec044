package dev.drawbridge.protocol.ollama.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.ModelStore;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.provider.store.StoredModel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that Ollama servers keep, and the downloads that are under way, each of them once. */
@Singleton
public class OllamaStore implements ModelStore {
    private final OllamaControl control;
    private final LiveConfig config;
    private final ConcurrentMap<Key, Download> downloads = new ConcurrentHashMap<>();

    private record Key(Upstream upstream, String model, boolean insecure) {}

    @Inject
    public OllamaStore(OllamaControl control, LiveConfig config) {
        this.control = control;
        this.config = config;
    }

    @Override
    public String protocol() {
        return "ollama";
    }

    @Override
    public List<StoredModel> stored(Upstream upstream) {
        return read(control.tags(upstream));
    }

    /** @throws GatewayException when the document is no list of models */
    static List<StoredModel> read(@Nullable JsonValue tags) {
        if (tags instanceof JsonObject list && list.get("models") instanceof JsonArray models) {
            return models.stream().flatMap(OllamaStore::model).toList();
        }
        throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no list of models");
    }

    private static Stream<StoredModel> model(JsonValue entry) {
        if (entry instanceof JsonObject model && model.get("name") instanceof JsonString name) {
            // A model of Ollama's cloud has a few bytes here and its weights there.
            boolean here = !model.containsKey("remote_model");
            long size = here && model.get("size") instanceof JsonNumber bytes ? bytes.longValue() : 0;
            return Stream.of(new StoredModel(name.getString(), size));
        }
        return Stream.empty();
    }

    @Override
    public Progress download(Upstream upstream, String model) {
        return download(upstream, Json.object().put("model", model));
    }

    /** @param body of Ollama's {@code /api/pull}; who joins a download gets that of who began it */
    public Progress download(Upstream upstream, ObjectNode body) {
        String model = Json.text(body, "model");
        boolean tagged = model.indexOf(':', model.lastIndexOf('/') + 1) >= 0;
        Key key = new Key(
                upstream,
                tagged ? model : model + ":latest",
                body.path("insecure").asBoolean());
        while (true) {
            Download download = downloads.computeIfAbsent(key, same -> begin(same, body));
            Optional<Progress> watched = download.watch();
            if (watched.isPresent()) {
                return watched.get();
            }
            downloads.remove(key, download);
        }
    }

    private Download begin(Key key, ObjectNode body) {
        return new Download(
                config.current().management().downloadIdle(),
                () -> control.pull(key.upstream(), body),
                ended -> downloads.remove(key, ended));
    }
}
