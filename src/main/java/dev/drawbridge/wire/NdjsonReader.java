package dev.drawbridge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Newline-delimited JSON as it arrives; blank lines are passed over. Not thread-safe. */
public final class NdjsonReader {
    private final LineReader lines;

    public NdjsonReader(InputStream in) {
        this.lines = new LineReader(in);
    }

    /**
     * The next document; empty at the end of the stream.
     *
     * @throws MalformedJsonException when a line is no JSON
     */
    public Optional<JsonNode> next() throws IOException {
        while (true) {
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            if (line.get().length > 0) {
                return Optional.of(JsonCodec.parse(line.get()));
            }
        }
    }

    /** Whether a whole document is here already. */
    public boolean ready() {
        lines.skipBlank();
        return lines.ready();
    }
}
