package dev.drawbridge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Newline-delimited JSON: one document a line and no blank lines, on which readers break. Not thread-safe. */
public final class NdjsonWriter {
    private final OutputStream out;

    public NdjsonWriter(OutputStream out) {
        this.out = out;
    }

    public void line(JsonNode document) throws IOException {
        byte[] json = JsonCodec.write(document);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        out.write(line);
    }

    public void flush() throws IOException {
        out.flush();
    }
}
