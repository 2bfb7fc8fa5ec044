package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the pieces in which tool calls are streamed: Ollama's clients take them whole. Not thread-safe. */
final class ToolCallBuffer {
    private int index = -1;
    private @Nullable ToolCall open;
    private int formed;

    /** Takes the pieces; answers with the calls that are complete since then, as the next one has begun. */
    List<Said> add(JsonNode pieces) {
        List<Said> complete = new ArrayList<>();
        for (JsonNode piece : pieces) {
            int place = piece.path("index").asInt();
            JsonNode function = piece.path("function");
            ToolCall call = open;
            if (call == null || place != index) {
                complete.addAll(rest());
                index = place;
                call = new ToolCall(Json.text(piece, "id"), Json.text(function, "name"), "");
            }
            open = call.plus(Json.text(function, "arguments"));
        }
        return complete;
    }

    /** The last call, once no more pieces can come. */
    List<Said> rest() {
        ToolCall call = open;
        open = null;
        if (call == null) {
            return List.of();
        }
        Optional<JsonNode> whole = call.formed(formed);
        if (whole.isEmpty()) {
            return List.of(Said.content(call.asText()));
        }
        formed++;
        return List.of(Said.call(whole.get()));
    }
}
