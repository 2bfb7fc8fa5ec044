package dev.drawbridge.usage.journal;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file that only grows. Not a channel: a channel closes itself when a thread that writes to it is interrupted, and
 * calls may be. Not thread-safe.
 */
final class Segment {
    private final long number;
    private final RandomAccessFile file;
    private long length;
    private boolean broken;

    Segment(Folder folder, long number) throws IOException {
        this.number = number;
        this.file = new RandomAccessFile(folder.segment(number).toFile(), "rw");
    }

    /** All of the line, or nothing. */
    void write(byte[] line) throws IOException {
        try {
            file.write(line);
            length += line.length;
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
    }

    private void takeBack(IOException reason) {
        try {
            file.setLength(length);
            file.seek(length);
        } catch (IOException e) {
            broken = true;
            reason.addSuppressed(e);
        }
    }

    /** Whether something of a line may have stayed at its end, so that no other line must follow. */
    boolean isBroken() {
        return broken;
    }

    Position end() {
        return new Position(number, length);
    }

    /** May be called while another thread writes. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    void close() throws IOException {
        file.close();
    }
}
