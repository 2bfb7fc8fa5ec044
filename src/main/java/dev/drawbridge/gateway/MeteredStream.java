package dev.drawbridge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.TokenEstimate;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.usage.CallRecord;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose end is metered once, whether it is regular, a failure or the client's leaving. It always ends with a
 * usage chunk: the upstream's, or one with an estimate. Not thread-safe.
 */
final class MeteredStream implements ModelStream {
    private final ModelStream source;
    private final Call call;
    private final Upstream upstream;
    private final Consumer<End> end;
    private final Written written = new Written();
    private @Nullable ObjectNode last;
    private @Nullable Usage reported;
    private int status = CallRecord.CLIENT_CLOSED;
    private boolean ended;
    private boolean closed;

    /** How a stream ended: the status as for a whole answer, and what it used. */
    record End(int status, Usage usage) {}

    MeteredStream(ModelStream source, Call call, Upstream upstream, Consumer<End> end) {
        this.source = source;
        this.call = call;
        this.upstream = upstream;
        this.end = end;
    }

    @Override
    public Optional<ModelChunk> next() {
        if (ended) {
            return Optional.empty();
        }
        if (call.scope().hasEnded()) {
            status = call.scope().reason().kind().status();
            throw call.scope().reason();
        }
        try {
            Optional<ModelChunk> chunk = source.next();
            if (chunk.isPresent()) {
                note(chunk.get());
                return chunk;
            }
        } catch (GatewayException e) {
            status = e.kind().status();
            ended = true;
            throw e;
        }
        status = 200;
        ended = true;
        return reported == null ? usageChunk() : Optional.empty();
    }

    private void note(ModelChunk chunk) {
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
        Usage.Origin origin = status == 200 ? Usage.Origin.ESTIMATED : Usage.Origin.PARTIAL;
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
            if (!ended) {
                drain();
            }
            source.close();
            end.accept(new End(status, usage()));
        }
    }

    /** The client has gone. What it used is read to the end where the upstream's configuration gives time for that. */
    private void drain() {
        call.scope().end();
        if (upstream.drain().isZero() || status != CallRecord.CLIENT_CLOSED) {
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
