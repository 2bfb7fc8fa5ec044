package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hub's chunks of what vendors stream. Each deviation is a vendor's: Azure's first chunk without id and choices
 * and its filter results after the finish, usage in every chunk (Scaleway, vLLM) or beside choices (Mistral), streams
 * without a finish reason, {@code error: null}. One for each stream.
 */
final class ChunkNormalizer {
    private final Operation operation;
    private final Map<Integer, ChoiceNormalizer> choices = new TreeMap<>();
    private String id;
    private long created;
    private @Nullable JsonNode usage;
    private @Nullable ObjectNode last;

    ChunkNormalizer(Operation operation) {
        this.operation = operation;
        this.id = "";
    }

    /** The chunk that clients get for it, if any. */
    Optional<ModelChunk> accept(JsonNode document) {
        if (!(document instanceof ObjectNode chunk)) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "an event of the upstream's stream is no object");
        }
        if (chunk.path("usage").isObject()) {
            // The last value counts: vendors that repeat it count up.
            usage = chunk.get("usage");
        }
        ArrayNode kept = Json.array();
        for (JsonNode choice : chunk.path("choices")) {
            if (choice instanceof ObjectNode object) {
                choice(object).ifPresent(kept::add);
            }
        }
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelChunk(framed(chunk).set("choices", kept)));
    }

    /** Whether every choice has its finish reason, so that nothing but usage can follow. */
    boolean isFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(ChoiceNormalizer::isFinished);
    }

    /**
     * What is still owed to the client at the end.
     *
     * @param announced whether the upstream said that it was done
     * @throws GatewayException when the stream was cut off
     */
    List<ModelChunk> end(boolean announced) {
        ObjectNode template = last;
        if (template == null) {
            return List.of();
        }
        ArrayNode unfinished = Json.array();
        choices.values().stream()
                .filter(choice -> !choice.isFinished())
                .forEach(choice -> unfinished.add(choice.finish()));
        if (!unfinished.isEmpty() && !announced) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream broke off its answer");
        }
        List<ModelChunk> owed = new ArrayList<>();
        if (!unfinished.isEmpty()) {
            owed.add(new ModelChunk(Json.with(template, "choices", unfinished)));
        }
        JsonNode total = usage;
        if (total != null) {
            owed.add(new ModelChunk(
                    Json.with(template, "choices", Json.array()).set("usage", UsageForm.of(total, operation))));
        }
        return owed;
    }

    private Optional<ObjectNode> choice(ObjectNode choice) {
        int index = choice.path("index").asInt(0);
        return choices.computeIfAbsent(index, number -> new ChoiceNormalizer(number, operation))
                .accept(choice);
    }

    /** The chunk without choices and usage, with the same id and time as all others. */
    private ObjectNode framed(ObjectNode chunk) {
        if (id.isEmpty()) {
            id = Identity.idOf(chunk, operation);
            created = chunk.path("created").asLong(0) > 0
                    ? chunk.path("created").asLong()
                    : Instant.now().getEpochSecond();
        }
        ObjectNode framed = Json.copy(chunk);
        framed.remove(List.of("error", "usage", "choices", "prompt_filter_results"));
        framed.put("id", id).put("object", Identity.chunkObject(operation)).put("created", created);
        last = framed;
        return framed.deepCopy();
    }
}
