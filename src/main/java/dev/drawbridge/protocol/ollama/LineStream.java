package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.protocol.ollama.answer.AnswerLines;
import dev.drawbridge.rest.Failures;
import dev.drawbridge.wire.NdjsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A stream as Ollama's clients read it. One flush for whatever arrived together; a failure after the first byte becomes
 * a line with an error and the end of the body, without a last line.
 */
final class LineStream {
    private static final System.Logger LOG = System.getLogger(LineStream.class.getName());

    private final ModelStream stream;
    private final AnswerLines lines;
    private final CallScope scope;

    LineStream(ModelStream stream, AnswerLines lines, CallScope scope) {
        this.stream = stream;
        this.lines = lines;
        this.scope = scope;
    }

    void write(OutputStream out) {
        NdjsonWriter writer = new NdjsonWriter(out);
        try {
            relay(writer);
            writer.flush();
        } catch (IOException | IllegalStateException e) {
            // The client has gone. Thrown further, it would be logged with a stack trace for each.
            LOG.log(System.Logger.Level.DEBUG, "The client closed its stream");
        }
    }

    private void relay(NdjsonWriter writer) throws IOException {
        try {
            for (Optional<ModelChunk> chunk = next(); chunk.isPresent(); chunk = next()) {
                for (ObjectNode line : lines.of(chunk.get())) {
                    writer.line(line);
                }
                if (!stream.ready()) {
                    writer.flush();
                }
            }
            writer.line(lines.end());
        } catch (GatewayException e) {
            writer.line(OllamaErrors.body(e));
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
}
