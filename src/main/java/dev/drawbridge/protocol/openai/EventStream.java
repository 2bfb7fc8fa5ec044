package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.rest.Failures;
import dev.drawbridge.rest.presence.EventOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A stream as OpenAI's clients read it. One flush for whatever arrived together; a failure after the first byte becomes
 * an error event and the end of the body, without {@code [DONE]}.
 */
final class EventStream {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ModelStream stream;
    private final ModelRequest request;
    private final CallScope scope;

    EventStream(ModelStream stream, ModelRequest request, CallScope scope) {
        this.stream = stream;
        this.request = request;
        this.scope = scope;
    }

    /** Writes all of it and closes the output. */
    void write(EventOutput events) {
        try (events) {
            relay(events);
            events.flush();
        } catch (IOException | IllegalStateException e) {
            // The client has gone. Thrown further, it would be logged with a stack trace for each.
            LOG.log(System.Logger.Level.DEBUG, "The client closed its stream");
        }
    }

    private void relay(EventOutput events) throws IOException {
        try {
            for (Optional<ModelChunk> chunk = next(); chunk.isPresent(); chunk = next()) {
                if (request.includeUsage() || !chunk.get().isUsage()) {
                    events.data(form(chunk.get()));
                }
                if (!stream.ready()) {
                    events.flush();
                }
            }
            events.data(DONE);
        } catch (GatewayException e) {
            events.data(OpenAiErrors.body(e));
        }
    }

    private Optional<ModelChunk> next() {
        if (scope.hasEnded()) {
            throw scope.reason();
        }
        try {
            return stream.next();
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    private ObjectNode form(ModelChunk chunk) {
        ObjectNode json = Json.with(chunk.json(), "model", request.model());
        return request.includeUsage() && !chunk.isUsage() ? json.putNull("usage") : json;
    }
}
