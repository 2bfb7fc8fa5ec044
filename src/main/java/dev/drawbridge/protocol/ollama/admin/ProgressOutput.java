package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.Failures;
import dev.drawbridge.wire.NdjsonWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Progress, each line at once on its way. A failure becomes a line with an error, as Ollama's own do. */
final class ProgressOutput implements StreamingOutput {
    private final Optional<ObjectNode> first;
    private final Supplier<Optional<ObjectNode>> next;

    ProgressOutput(Optional<ObjectNode> first, Supplier<Optional<ObjectNode>> next) {
        this.first = first;
        this.next = next;
    }

    /** @throws IOException when the client has gone, which ends the work */
    @Override
    public void write(OutputStream out) throws IOException {
        NdjsonWriter lines = new NdjsonWriter(out);
        try {
            for (Optional<ObjectNode> line = first; line.isPresent(); line = following()) {
                lines.line(line.get());
                lines.flush();
            }
        } catch (GatewayException e) {
            lines.line(Json.object().put("error", e.message()));
            lines.flush();
        }
    }

    private Optional<ObjectNode> following() {
        try {
            return next.get();
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }
}
