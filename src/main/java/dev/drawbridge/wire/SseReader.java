package dev.drawbridge.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as they arrive: comments, {@code id} and {@code retry} are passed over, several {@code data} lines
 * are joined, events without data are none. Not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the specification</a>
 */
public final class SseReader {
    private final LineReader lines;
    private boolean first = true;
    private String name = "";
    private @Nullable ByteArrayOutputStream data;

    public SseReader(InputStream in) {
        this.lines = new LineReader(in);
    }

    /** The next event; empty at the end of the stream. An event that the end cuts off still counts. */
    public Optional<SseEvent> next() throws IOException {
        while (true) {
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                return finished();
            }
            Optional<SseEvent> event = accept(line.get());
            if (event.isPresent()) {
                return event;
            }
        }
    }

    /** The next event if all of it is here already. */
    public Optional<SseEvent> poll() throws IOException {
        Optional<SseEvent> event = Optional.empty();
        while (event.isEmpty() && lines.ready()) {
            event = accept(lines.next().orElseThrow());
        }
        return event;
    }

    private Optional<SseEvent> accept(byte[] line) {
        if (line.length == 0) {
            return finished();
        }
        if (first) {
            first = false;
            if (line.length > 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF) {
                return accept(Arrays.copyOfRange(line, 3, line.length));
            }
        }
        if (startsWith(line, "data")) {
            add(line, valueStart(line, 4));
        } else if (startsWith(line, "event")) {
            int from = valueStart(line, 5);
            name = new String(line, from, line.length - from, StandardCharsets.UTF_8);
        }
        return Optional.empty();
    }

    private void add(byte[] line, int from) {
        ByteArrayOutputStream soFar = data;
        if (soFar == null) {
            soFar = new ByteArrayOutputStream(line.length);
            data = soFar;
        } else {
            soFar.write('\n');
        }
        soFar.write(line, from, line.length - from);
    }

    private Optional<SseEvent> finished() {
        ByteArrayOutputStream whole = data;
        SseEvent event = whole == null ? null : new SseEvent(name, whole.toByteArray());
        name = "";
        data = null;
        return Optional.ofNullable(event);
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
