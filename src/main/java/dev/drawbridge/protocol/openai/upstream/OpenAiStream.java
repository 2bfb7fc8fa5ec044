package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.provider.UpstreamErrors;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import dev.drawbridge.wire.SseEvent;
import dev.drawbridge.wire.SseReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** An upstream's server-sent events as hub chunks. Not thread-safe, but for {@link #close}. */
final class OpenAiStream implements ModelStream {
    private final UpstreamExchange exchange;
    private final SseReader events;
    private final ChunkNormalizer normalizer;
    private final Deque<ModelChunk> waiting = new ArrayDeque<>();
    private boolean ended;

    private OpenAiStream(UpstreamExchange exchange, Operation operation) {
        this.exchange = exchange;
        this.events = new SseReader(exchange.body());
        this.normalizer = new ChunkNormalizer(operation);
    }

    /**
     * Waits for the first chunk, so that an error inside a good status can still be answered by another target.
     *
     * @throws GatewayException when there is an error, or nothing, instead of a chunk
     */
    static OpenAiStream open(UpstreamExchange exchange, Operation operation) {
        OpenAiStream stream = new OpenAiStream(exchange, operation);
        stream.fill();
        if (stream.waiting.isEmpty()) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's stream was empty");
        }
        return stream;
    }

    @Override
    public Optional<ModelChunk> next() {
        fill();
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public boolean ready() {
        return !waiting.isEmpty() || events.ready();
    }

    @Override
    public void close() {
        exchange.close();
    }

    /** Reads on until a chunk is waiting or the stream has ended. */
    private void fill() {
        while (waiting.isEmpty() && !ended) {
            Optional<SseEvent> event = read();
            if (event.isEmpty() || event.get().dataStartsWith("[DONE]")) {
                ended = true;
                waiting.addAll(normalizer.end(event.isPresent()));
                event.ifPresent(done -> exchange.drain());
            } else {
                exchange.firstToken();
                accept(event.get());
            }
        }
    }

    private Optional<SseEvent> read() {
        try {
            return events.next();
        } catch (IOException e) {
            throw exchange.failure(e);
        }
    }

    private void accept(SseEvent event) {
        JsonNode document;
        try {
            document = JsonCodec.parse(event.data());
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "an event of the upstream's stream " + e.getMessage());
        }
        if (Json.present(document, "error") || event.name().equals("error") || document.isArray()) {
            throw UpstreamErrors.read(200, document, Optional.empty());
        }
        normalizer.accept(document).ifPresent(waiting::add);
    }
}
