package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import java.util.ArrayList;
import java.util.List;

/** Turns the lines of one streamed answer into chunks. Remembers what only the first chunk says. Not thread-safe. */
final class OllamaChunks {
    private final boolean chat;
    private final String echo;
    private ObjectNode head = Json.object();
    private List<ModelChunk> chunks = new ArrayList<>();
    private int toolCalls;
    private int written;

    OllamaChunks(ModelRequest request) {
        this.chat = !(request instanceof CompletionRequest);
        this.echo = request instanceof CompletionRequest completion ? OllamaReplies.echo(completion) : "";
    }

    /** The chunks that a line stands for; none where it says nothing new. */
    List<ModelChunk> of(JsonNode line) {
        chunks = new ArrayList<>();
        if (head.isEmpty()) {
            begin(line);
        }
        if (chat) {
            message(line);
        } else {
            text(line);
        }
        if (line.path("done").asBoolean()) {
            end(line);
        }
        return chunks;
    }

    /** A chunk for a line that says nothing. */
    ObjectNode nothing() {
        ObjectNode choice = chat ? delta(Json.object()) : Json.object().put("text", "");
        return chunk(choice).json();
    }

    private void begin(JsonNode line) {
        if (chat) {
            head = OllamaReplies.head(line, "chatcmpl-", "chat.completion.chunk");
            add(delta(Json.object().put("role", "assistant").put("content", "")));
        } else {
            head = OllamaReplies.head(line, "cmpl-", "text_completion");
            if (!echo.isEmpty()) {
                add(Json.object().put("text", echo));
                written = echo.length();
            }
        }
    }

    private void message(JsonNode line) {
        JsonNode message = line.path("message");
        String thinking = Json.text(message, "thinking");
        if (!thinking.isEmpty()) {
            add(delta(Json.object().put("reasoning_content", thinking)));
        }
        String content = Json.text(message, "content");
        JsonNode logprobs = OllamaReplies.chatLogprobs(line);
        if (!content.isEmpty() || !logprobs.isNull()) {
            add(delta(Json.object().put("content", content)).set("logprobs", logprobs));
        }
        for (JsonNode call : message.path("tool_calls")) {
            ObjectNode indexed = Json.object().put("index", toolCalls++);
            indexed.setAll(OllamaReplies.toolCall(call));
            add(delta(Json.object().set("tool_calls", Json.array().add(indexed))));
        }
    }

    private void text(JsonNode line) {
        String text = Json.text(line, "response");
        JsonNode logprobs = OllamaReplies.completionLogprobs(line, written);
        if (!text.isEmpty() || !logprobs.isNull()) {
            add(Json.object().put("text", text).set("logprobs", logprobs));
            written += text.length();
        }
    }

    private void end(JsonNode line) {
        ObjectNode choice = chat ? delta(Json.object()) : Json.object().put("text", "");
        add(choice.put("finish_reason", OllamaReplies.finishReason(line, toolCalls > 0)));
        OllamaReplies.usage(line).ifPresent(usage -> {
            ObjectNode last = Json.with(head, "choices", Json.array());
            chunks.add(new ModelChunk(last.set("usage", usage)));
        });
    }

    private static ObjectNode delta(ObjectNode delta) {
        return Json.object().set("delta", delta);
    }

    private void add(ObjectNode said) {
        chunks.add(chunk(said));
    }

    private ModelChunk chunk(ObjectNode said) {
        ObjectNode choice = Json.object().put("index", 0);
        choice.putNull("logprobs").putNull("finish_reason");
        choice.setAll(said);
        return new ModelChunk(Json.with(head, "choices", Json.array().add(choice)));
    }
}
