package dev.drawbridge.gateway;

import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.routing.Slots;
import java.util.Optional;

/** A stream that gives its place at the upstream back when it is closed. */
record SlottedStream(ModelStream source, Slots.Slot slot) implements ModelStream {

    @Override
    public Optional<ModelChunk> next() {
        return source.next();
    }

    @Override
    public boolean ready() {
        return source.ready();
    }

    @Override
    public void close() {
        try {
            source.close();
        } finally {
            slot.close();
        }
    }
}
