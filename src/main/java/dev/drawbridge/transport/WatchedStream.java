package dev.drawbridge.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows each arrival of bytes to the deadline. */
final class WatchedStream extends FilterInputStream {
    private final Deadline deadline;

    WatchedStream(InputStream in, Deadline deadline) {
        super(in);
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        deadline.alive();
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        deadline.alive();
        return read;
    }
}
