package dev.drawbridge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.inference.text.TokenEstimate;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.usage.CallRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose end is metered once, whether it is regular, a failure or the client's leaving. It always ends with a
 * usage chunk: the upstream's, or one with an estimate. Not thread-safe.
 */
final class MeteredStream implements ModelStream {
    private final ModelStream source;
    private final Call call;
    private final Upstream upstream;
    private final Metered metered;
    private final Written written = new Written();
    private @Nullable ObjectNode last;
    private @Nullable Usage reported;
    private Meter.End end = Meter.End.of(CallScope.gone());
    private OptionalLong firstToken = OptionalLong.empty();
    private boolean ended;
    private boolean closed;
    private boolean isMetered;

    /** Told once, before the last that the stream has to say. */
    interface Metered {
        /** @param firstToken milliseconds since the call's arrival; empty where nothing came */
        void ended(Meter.End end, Usage usage, OptionalLong firstToken);
    }

    MeteredStream(ModelStream source, Call call, Upstream upstream, Metered metered) {
        this.source = source;
        this.call = call;
        this.upstream = upstream;
        this.metered = metered;
    }

    @Override
    public Optional<ModelChunk> next() {
        if (ended) {
            return Optional.empty();
        }
        if (call.scope().hasEnded()) {
            end = Meter.End.of(call.scope().reason());
            throw call.scope().reason();
        }
        try {
            Optional<ModelChunk> chunk = source.next();
            if (chunk.isPresent()) {
                note(chunk.get());
                return chunk;
            }
        } catch (RuntimeException | Error e) {
            end = Meter.End.of(e);
            ended = true;
            meter();
            throw e;
        }
        end = Meter.End.GOOD;
        ended = true;
        meter();
        return reported == null ? usageChunk() : Optional.empty();
    }

    private void note(ModelChunk chunk) {
        if (firstToken.isEmpty()) {
            firstToken = OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.startedNanos()));
        }
        chunk.usage().ifPresent(usage -> reported = usage);
        if (reported == null) {
            last = chunk.json();
            written.add(chunk.json());
        }
    }

    private Optional<ModelChunk> usageChunk() {
        ObjectNode template = last;
        if (template == null) {
            return Optional.empty();
        }
        ObjectNode json = Json.with(template, "choices", Json.array());
        return Optional.of(new ModelChunk(json.set("usage", usage().toJson())));
    }

    private Usage usage() {
        Usage known = reported;
        if (known != null) {
            return known;
        }
        Usage.Origin origin = end.status() == 200 ? Usage.Origin.ESTIMATED : Usage.Origin.PARTIAL;
        return new Usage(TokenEstimate.ofPrompt(call.request()), 0, written.tokens(), 0, origin);
    }

    @Override
    public boolean ready() {
        return source.ready();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                if (!ended) {
                    drain();
                }
            } finally {
                release();
            }
        }
    }

    /** Whatever goes wrong, the call has its end. */
    private void release() {
        try {
            source.close();
        } finally {
            meter();
        }
    }

    private void meter() {
        if (!isMetered) {
            isMetered = true;
            metered.ended(end, usage(), firstToken);
        }
    }

    /** The client has gone. What it used is read to the end where the upstream's configuration gives time for that. */
    private void drain() {
        call.scope().end();
        if (upstream.drain().isZero() || end.status() != CallRecord.CLIENT_CLOSED) {
            return;
        }
        try {
            for (Optional<ModelChunk> chunk = source.next(); chunk.isPresent(); chunk = source.next()) {
                note(chunk.get());
            }
        } catch (GatewayException e) {
            // Then what is known so far has to do.
        }
    }
}
