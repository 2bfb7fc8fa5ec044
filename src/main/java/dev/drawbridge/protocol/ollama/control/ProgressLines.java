package dev.drawbridge.protocol.ollama.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.UpstreamErrors;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.wire.MalformedJsonException;
import dev.drawbridge.wire.NdjsonReader;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** The lines that Ollama writes while it works. They end with {@code success}, or the work has failed. */
final class ProgressLines implements Progress {
    private static final String SUCCESS = "success";

    private final OpenAnswer answer;
    private final NdjsonReader lines;
    private boolean succeeded;

    ProgressLines(OpenAnswer answer) {
        this.answer = answer;
        this.lines = new NdjsonReader(answer.body());
    }

    /** @param patience is that of the connection, which was said when it was opened */
    @Override
    public Optional<ObjectNode> next(Duration patience) {
        try {
            Optional<JsonNode> line = lines.next();
            if (line.isEmpty() && !succeeded) {
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream broke off before it was done");
            }
            return line.map(this::checked);
        } catch (SocketTimeoutException e) {
            throw new GatewayException(ErrorKind.TIMEOUT, "the upstream has made no progress for too long", e);
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "a line of the upstream's progress " + e.getMessage());
        } catch (IOException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream broke off before it was done", e);
        }
    }

    private ObjectNode checked(JsonNode line) {
        if (!(line instanceof ObjectNode progress)) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's progress is no JSON object");
        }
        if (Json.present(progress, "error")) {
            throw UpstreamErrors.general().inside(progress);
        }
        succeeded = Json.text(progress, "status").equals(SUCCESS);
        return progress;
    }

    @Override
    public void close() {
        answer.close();
    }
}
