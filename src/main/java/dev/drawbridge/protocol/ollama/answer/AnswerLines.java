package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the chunks of one answer into lines: an Ollama's own where it sent some, else what the chunk says. A chunk that
 * says nothing makes no line: Open WebUI takes an empty one for the end. Not thread-safe.
 */
public final class AnswerLines {
    private final TextForm form;
    private final String model;
    private final Timing timing;
    private final ToolCallBuffer calls = new ToolCallBuffer();
    private String finishReason = "";
    private Optional<Usage> usage = Optional.empty();
    private boolean relayed;
    private @Nullable ObjectNode last;

    /** @param model the name that the client asked for */
    public AnswerLines(TextForm form, String model, Timing timing) {
        this.form = form;
        this.model = model;
        this.timing = timing;
    }

    /** The lines that a chunk stands for. */
    public List<ObjectNode> of(ModelChunk chunk) {
        timing.begun();
        if (chunk.usage().isPresent()) {
            usage = chunk.usage();
        }
        if (chunk.original().isPresent()) {
            relayed = true;
            return relayed(Originals.named(chunk.original().get(), model));
        }
        // One line of an Ollama may stand behind several chunks, of which only the first carries it.
        return relayed ? List.of() : translated(chunk.json().path("choices").path(0));
    }

    /** The last line, with figures. */
    public ObjectNode end() {
        ObjectNode line = last;
        if (line == null) {
            line = form.done(model, timing.now(), Said.NOTHING, TextForm.doneReason(finishReason));
        }
        timing.complete(line, usage);
        return line;
    }

    private List<ObjectNode> relayed(ObjectNode line) {
        if (Originals.isDone(line)) {
            last = line;
            return List.of();
        }
        return List.of(line);
    }

    private List<ObjectNode> translated(JsonNode choice) {
        List<Said> said = new ArrayList<>();
        said.add(Choices.part(choice));
        said.addAll(calls.add(choice.path("delta").path("tool_calls")));
        if (Json.present(choice, "finish_reason")) {
            finishReason = Json.text(choice, "finish_reason");
            said.addAll(calls.rest());
        }
        return said.stream()
                .filter(part -> !part.isNothing())
                .map(part -> form.line(model, timing.now(), part))
                .toList();
    }
}
