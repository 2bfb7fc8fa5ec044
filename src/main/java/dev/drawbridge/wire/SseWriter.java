package dev.drawbridge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events as every OpenAI SDK reads them: one {@code data} line and a blank line, nothing else; no
 * {@code id}, no {@code retry}, on which readers break. Comments are the exception that the format asks all to ignore.
 * Not thread-safe.
 */
public final class SseWriter {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMENT = ": ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;

    public SseWriter(OutputStream out) {
        this.out = out;
    }

    public void data(JsonNode document) throws IOException {
        data(JsonCodec.write(document));
    }

    public void data(byte[] line) throws IOException {
        frame(DATA, line);
    }

    /** A line that no reader looks at, such as {@code : keep-alive}. */
    public void comment(String text) throws IOException {
        frame(COMMENT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In one piece: pieces would be packets. */
    private void frame(byte[] name, byte[] line) throws IOException {
        byte[] frame = new byte[name.length + line.length + END.length];
        System.arraycopy(name, 0, frame, 0, name.length);
        System.arraycopy(line, 0, frame, name.length, line.length);
        System.arraycopy(END, 0, frame, name.length + line.length, END.length);
        out.write(frame);
    }

    public void flush() throws IOException {
        out.flush();
    }
}
