package dev.drawbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.TokenEstimate;
import dev.drawbridge.inference.Usage;
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
    private final Consumer<End> end;
    private final StringBuilder written = new StringBuilder();
    private @Nullable ObjectNode last;
    private @Nullable Usage reported;
    private int status = CallRecord.CLIENT_CLOSED;
    private boolean ended;
    private boolean closed;

    /** How a stream ended: the status as for a whole answer, and what it used. */
    record End(int status, Usage usage) {}

    MeteredStream(ModelStream source, Call call, Consumer<End> end) {
        this.source = source;
        this.call = call;
        this.end = end;
    }

    @Override
    public Optional<ModelChunk> next() {
        if (ended) {
            return Optional.empty();
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
            for (JsonNode choice : chunk.json().path("choices")) {
                JsonNode delta = choice.path("delta");
                written.append(Json.text(delta, "content")).append(Json.text(delta, "reasoning_content"));
                written.append(Json.text(choice, "text"));
                delta.path("tool_calls")
                        .forEach(tool -> written.append(Json.text(tool.path("function"), "name"))
                                .append(Json.text(tool.path("function"), "arguments")));
            }
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
        return new Usage(
                TokenEstimate.ofPrompt(call.request()), 0, TokenEstimate.ofText(written.toString()), 0, origin);
    }

    @Override
    public boolean ready() {
        return source.ready();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            source.close();
            end.accept(new End(status, usage()));
        }
    }
}
