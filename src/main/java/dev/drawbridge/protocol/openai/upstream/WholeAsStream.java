package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.transport.UpstreamExchange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The answer of an upstream that does not stream, in chunks for a client that asked for a stream. */
final class WholeAsStream implements ModelStream {
    private final UpstreamExchange exchange;
    private final Deque<ModelChunk> chunks = new ArrayDeque<>();

    WholeAsStream(UpstreamExchange exchange, ModelReply reply, Operation operation) {
        this.exchange = exchange;
        ChunkNormalizer normalizer = new ChunkNormalizer(operation);
        ObjectNode content = Json.copy(reply.json());
        content.set("choices", Json.map(content.path("choices"), choice -> piece(choice, operation)));
        normalizer.accept(content).ifPresent(chunks::add);
        ObjectNode finish = Json.copy(reply.json());
        finish.set("choices", Json.map(finish.path("choices"), WholeAsStream::finish));
        normalizer.accept(finish).ifPresent(chunks::add);
        chunks.addAll(normalizer.end(true));
    }

    private static ObjectNode piece(ObjectNode choice, Operation operation) {
        ObjectNode piece = Json.copy(choice).putNull("finish_reason");
        if (operation != Operation.CHAT) {
            return piece;
        }
        ObjectNode delta = Json.object();
        choice.path("message").properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                delta.set(field.getKey(), field.getValue());
            }
        });
        piece.remove("message");
        if (delta.has("tool_calls")) {
            delta.set("tool_calls", numbered(delta.get("tool_calls")));
        }
        return piece.set("delta", delta);
    }

    private static ArrayNode numbered(JsonNode calls) {
        ArrayNode numbered = Json.array();
        calls.forEach(call -> numbered.add(Json.copy((ObjectNode) call).put("index", numbered.size())));
        return numbered;
    }

    private static ObjectNode finish(ObjectNode choice) {
        ObjectNode finish = Json.object();
        finish.set("index", choice.path("index"));
        return finish.set("finish_reason", choice.path("finish_reason"));
    }

    @Override
    public Optional<ModelChunk> next() {
        return Optional.ofNullable(chunks.poll());
    }

    @Override
    public boolean ready() {
        return !chunks.isEmpty();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
