package dev.drawbridge.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, ended by LF or CRLF, as they arrive. Not thread-safe. */
final class LineReader {
    /** Longer lines than the longest base64 image are not lines. */
    private static final int MAX_LINE = 64 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; the unfinished one at the end of the stream counts too. */
    Optional<byte[]> next() throws IOException {
        @Nullable ByteArrayOutputStream pieces = null;
        while (true) {
            int end = indexOfLineFeed();
            if (end >= 0) {
                Optional<byte[]> line = Optional.of(line(pieces, end));
                from = end + 1;
                return line;
            }
            if (from < to) {
                pieces = pieces == null ? new ByteArrayOutputStream() : pieces;
                pieces.write(buffer, from, to - from);
                if (pieces.size() > MAX_LINE) {
                    throw new IOException("a line of the stream is longer than " + MAX_LINE + " bytes");
                }
            }
            if (!fill()) {
                return pieces == null ? Optional.empty() : Optional.of(pieces.toByteArray());
            }
        }
    }

    /** Passes over line ends that are here already. */
    void skipBlank() {
        while (from < to && (buffer[from] == '\n' || buffer[from] == '\r')) {
            from++;
        }
    }

    /** Whether a whole line is here already. */
    boolean ready() {
        return indexOfLineFeed() >= 0;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private int indexOfLineFeed() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] line(@Nullable ByteArrayOutputStream pieces, int end) {
        byte[] line;
        if (pieces == null) {
            line = new byte[end - from];
            System.arraycopy(buffer, from, line, 0, line.length);
        } else {
            pieces.write(buffer, from, end - from);
            line = pieces.toByteArray();
        }
        return line.length > 0 && line[line.length - 1] == '\r' ? Arrays.copyOf(line, line.length - 1) : line;
    }
}
