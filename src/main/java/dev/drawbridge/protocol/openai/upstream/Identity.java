package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Operation;
import java.util.UUID;

/** Names of documents, where an upstream leaves them out or calls them something else. */
final class Identity {
    private Identity() {}

    static String idOf(JsonNode document, Operation operation) {
        String id = Json.text(document, "id");
        String prefix = operation == Operation.COMPLETION ? "cmpl-" : "chatcmpl-";
        return id.isEmpty() ? prefix + random() : id;
    }

    static String callId() {
        return "call_" + random();
    }

    static String chunkObject(Operation operation) {
        return operation == Operation.CHAT ? "chat.completion.chunk" : "text_completion";
    }

    static String replyObject(Operation operation) {
        return operation == Operation.CHAT ? "chat.completion" : "text_completion";
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
