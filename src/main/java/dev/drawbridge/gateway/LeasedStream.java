package dev.drawbridge.gateway;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.routing.health.Lease;
import java.util.Optional;

/** A stream that tells its target's state of a failure, and gives the place back when it is closed. */
record LeasedStream(ModelStream source, Lease lease) implements ModelStream {

    @Override
    public Optional<ModelChunk> next() {
        try {
            return source.next();
        } catch (GatewayException e) {
            lease.failed(e);
            throw e;
        }
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
            lease.close();
        }
    }
}
