package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
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
import org.jspecify.annotations.Nullable;

/** An upstream's server-sent events as hub chunks. Not thread-safe, but for {@link #close}. */
final class OpenAiStream implements ModelStream {
    private final UpstreamExchange exchange;
    private final SseReader events;
    private final ChunkNormalizer normalizer;
    private final UpstreamErrors errors;
    private final Deque<ModelChunk> waiting = new ArrayDeque<>();
    private @Nullable GatewayException failure;
    private boolean ended;
    private boolean announced;

    private OpenAiStream(UpstreamExchange exchange, Operation operation, UpstreamErrors errors) {
        this.exchange = exchange;
        this.errors = errors;
        this.events = new SseReader(exchange.body());
        this.normalizer = new ChunkNormalizer(operation);
    }

    /**
     * Waits for the first chunk, so that an error inside a good status can still be answered by another target.
     *
     * @param errors what the upstream's failures mean
     * @throws GatewayException when there is an error, or nothing, instead of a chunk
     */
    static OpenAiStream open(UpstreamExchange exchange, Operation operation, UpstreamErrors errors) {
        OpenAiStream stream = new OpenAiStream(exchange, operation, errors);
        stream.fill();
        GatewayException failed = stream.failure;
        if (failed != null && stream.waiting.isEmpty()) {
            throw failed;
        }
        if (stream.waiting.isEmpty()) {
            throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's stream was empty");
        }
        return stream;
    }

    @Override
    public Optional<ModelChunk> next() {
        fill();
        GatewayException failed = failure;
        if (waiting.isEmpty() && failed != null) {
            throw failed;
        }
        if (waiting.isEmpty() && announced) {
            announced = false;
            exchange.drain();
        }
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public boolean ready() {
        while (isOpen()) {
            Optional<SseEvent> event = read(events::poll);
            if (event.isEmpty() && isOpen()) {
                return false;
            }
            event.ifPresent(this::take);
        }
        return !announced || !waiting.isEmpty();
    }

    @Override
    public void close() {
        exchange.close();
    }

    /** Reads on until a chunk is waiting or the stream has ended. */
    private void fill() {
        while (isOpen()) {
            Optional<SseEvent> event = read(events::next);
            if (event.isPresent()) {
                take(event.get());
            } else if (isOpen()) {
                end(false);
            }
        }
    }

    private boolean isOpen() {
        return waiting.isEmpty() && !ended && failure == null;
    }

    private interface Source {
        Optional<SseEvent> read() throws IOException;
    }

    private Optional<SseEvent> read(Source source) {
        try {
            return source.read();
        } catch (IOException e) {
            if (normalizer.isFinished()) {
                end(false);
            } else {
                failure = exchange.failure(e);
            }
            return Optional.empty();
        }
    }

    /** A failure is kept until all that came before it has been passed on. */
    private void take(SseEvent event) {
        if (event.dataStartsWith("[DONE]")) {
            end(true);
            return;
        }
        exchange.firstToken();
        try {
            accept(event);
        } catch (GatewayException e) {
            failure = e;
        }
    }

    private void end(boolean said) {
        ended = true;
        announced = said;
        try {
            waiting.addAll(normalizer.end(said));
        } catch (GatewayException e) {
            failure = e;
        }
    }

    private void accept(SseEvent event) {
        JsonNode document;
        try {
            document = JsonCodec.parse(event.data());
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "an event of the upstream's stream " + e.getMessage());
        }
        if (event.name().equals("error") || UpstreamErrors.isError(document)) {
            throw errors.inside(document);
        }
        normalizer.accept(document).ifPresent(waiting::add);
    }
}
