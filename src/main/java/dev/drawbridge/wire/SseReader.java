package dev.drawbridge.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events as they arrive: comments, {@code id} and {@code retry} are passed over, several {@code data} lines
 * are joined, events without data are none. Not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the specification</a>
 */
public final class SseReader {
    private static final byte[] BLANK = {};

    private final LineReader lines;

    public SseReader(InputStream in) {
        this.lines = new LineReader(in);
    }

    /** The next event; empty at the end of the stream. An event that the end cuts off still counts. */
    public Optional<SseEvent> next() throws IOException {
        String name = "";
        ByteArrayOutputStream data = null;
        while (true) {
            Optional<byte[]> next = lines.next();
            byte[] line = next.orElse(BLANK);
            if (line.length == 0) {
                if (data != null) {
                    return Optional.of(new SseEvent(name, data.toByteArray()));
                }
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                name = "";
            } else if (startsWith(line, "data")) {
                int from = valueStart(line, 4);
                if (data == null) {
                    data = new ByteArrayOutputStream(line.length);
                } else {
                    data.write('\n');
                }
                data.write(line, from, line.length - from);
            } else if (startsWith(line, "event")) {
                int from = valueStart(line, 5);
                name = new String(line, from, line.length - from, StandardCharsets.UTF_8);
            }
        }
    }

    /** Whether more bytes of the stream are here already. */
    public boolean ready() {
        return lines.ready();
    }

    private static boolean startsWith(byte[] line, String field) {
        if (line.length < field.length() || (line.length > field.length() && line[field.length()] != ':')) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (line[i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int valueStart(byte[] line, int colon) {
        if (line.length <= colon + 1) {
            return line.length;
        }
        return line[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }
}
