package dev.drawbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose beginning was kept until it is known to be good: many upstreams announce an answer, with nothing but a
 * role, and fail then. Held back no longer than {@link #PATIENCE}, for a client behind a proxy must see that the answer
 * has begun. Not thread-safe.
 */
final class HeldBack implements ModelStream {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ModelStream source;
    private final Deque<ModelChunk> held = new ArrayDeque<>(2);
    private @Nullable FutureTask<Optional<ModelChunk>> pending;

    private HeldBack(ModelStream source) {
        this.source = source;
    }

    /**
     * Waits until something of the answer itself is here.
     *
     * @throws GatewayException when the stream fails or ends before; it is closed then
     */
    static HeldBack until(ModelStream source) {
        HeldBack stream = new HeldBack(source);
        try {
            stream.begin();
            return stream;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private void begin() {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        Optional<ModelChunk> chunk = source.next();
        while (chunk.isPresent()) {
            held.add(chunk.get());
            if (saysSomething(chunk.get().json())) {
                return;
            }
            if (source.ready()) {
                chunk = source.next();
            } else {
                pending = new FutureTask<>(source::next);
                Thread.ofVirtual().start(pending);
                if (!arrivesBefore(latest, pending)) {
                    return;
                }
                chunk = arrived(pending);
                pending = null;
            }
        }
        throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's stream was empty");
    }

    /** Anything but a role: text, a tool call, an end. */
    private static boolean saysSomething(JsonNode chunk) {
        if (Json.present(chunk, "usage")) {
            return true;
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (Json.present(choice, "finish_reason")
                    || !Json.text(choice, "text").isEmpty()) {
                return true;
            }
            for (Map.Entry<String, JsonNode> field : choice.path("delta").properties()) {
                JsonNode value = field.getValue();
                boolean nothing = value.isNull()
                        || (value.isTextual() && value.textValue().isEmpty());
                if (!nothing && !field.getKey().equals("role")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean arrivesBefore(long latest, FutureTask<?> chunk) {
        try {
            chunk.get(latest - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<ModelChunk> arrived(FutureTask<Optional<ModelChunk>> chunk) {
        try {
            return chunk.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<ModelChunk> next() {
        FutureTask<Optional<ModelChunk>> awaited = pending;
        if (!held.isEmpty()) {
            return Optional.of(held.remove());
        }
        if (awaited == null) {
            return source.next();
        }
        pending = null;
        return arrived(awaited);
    }

    @Override
    public boolean ready() {
        FutureTask<Optional<ModelChunk>> awaited = pending;
        return !held.isEmpty() || (awaited == null ? source.ready() : awaited.isDone());
    }

    @Override
    public void close() {
        source.close();
    }
}
