package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that is here already, and ends regularly or with a failure. */
public final class ScriptedStream implements ModelStream {
    private final Deque<ObjectNode> chunks = new ArrayDeque<>();
    private @Nullable GatewayException failure;
    private int closed;

    /** @param chunks in JSON, with single quotes for double ones */
    public ScriptedStream(String... chunks) {
        for (String chunk : chunks) {
            this.chunks.add(Lab.object(chunk));
        }
    }

    public ScriptedStream thenFails(GatewayException with) {
        failure = with;
        return this;
    }

    /** How often it was closed. */
    public int closed() {
        return closed;
    }

    @Override
    public Optional<ModelChunk> next() {
        if (chunks.isEmpty() && failure != null) {
            throw failure;
        }
        return Optional.ofNullable(chunks.poll()).map(ModelChunk::new);
    }

    @Override
    public boolean ready() {
        return !chunks.isEmpty();
    }

    @Override
    public void close() {
        closed++;
    }
}
