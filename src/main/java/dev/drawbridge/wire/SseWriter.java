package dev.drawbridge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events as every OpenAI SDK reads them: one {@code data} line and a blank line, nothing else; no
 * {@code id}, no {@code retry}, on which readers break. Not thread-safe.
 */
public final class SseWriter {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;

    public SseWriter(OutputStream out) {
        this.out = out;
    }

    public void data(JsonNode document) throws IOException {
        data(JsonCodec.write(document));
    }

    public void data(byte[] line) throws IOException {
        byte[] frame = new byte[DATA.length + line.length + END.length];
        System.arraycopy(DATA, 0, frame, 0, DATA.length);
        System.arraycopy(line, 0, frame, DATA.length, line.length);
        System.arraycopy(END, 0, frame, DATA.length + line.length, END.length);
        out.write(frame);
    }

    public void flush() throws IOException {
        out.flush();
    }
}
