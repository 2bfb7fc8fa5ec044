package dev.drawbridge.usage.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;

/**
 * A file whose room is taken on the disk when it is made, and which is written as memory: that outlives the process as
 * what is written by the system does, and no call pays for asking the system. Zeros follow the last line. Not
 * thread-safe, but {@link #sync} may be called while another thread writes.
 */
final class Segment {
    static final int BYTES = 8 * 1024 * 1024;

    private static final byte[] ZEROS = new byte[64 * 1024];

    private final long number;
    private final RandomAccessFile file;
    private final MappedByteBuffer memory;
    private volatile int length;
    private int synced;
    private boolean broken;

    /** @throws IOException where there is no room for all of it; nothing is left of it then */
    Segment(Folder folder, long number) throws IOException {
        this.number = number;
        this.file = new RandomAccessFile(folder.segment(number).toFile(), "rw");
        // A channel closes itself for a thread that has been interrupted, and calls may have been.
        boolean interrupted = Thread.interrupted();
        try {
            for (int filled = 0; filled < BYTES; filled += ZEROS.length) {
                file.write(ZEROS);
            }
            this.memory = file.getChannel().map(MapMode.READ_WRITE, 0, BYTES);
        } catch (IOException e) {
            file.close();
            folder.delete(number);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean hasRoom(int bytes) {
        return !broken && length + bytes <= BYTES;
    }

    /**
     * All of the line; after a failure nothing more is taken, as some of it may be there.
     *
     * @throws IOException when the disk fails in spite of the room on it
     */
    void write(byte[] line) throws IOException {
        int from = length;
        try {
            memory.put(from, line);
            length = from + line.length;
        } catch (InternalError e) {
            // What the JVM makes of memory that its file cannot back.
            broken = true;
            throw new IOException("The disk does not take what is written", e);
        }
    }

    Position end() {
        return new Position(number, length);
    }

    /** Forces to the disk what has been written by now. */
    void sync() throws IOException {
        int end = length;
        try {
            memory.force(synced, end - synced);
            synced = end;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Gives back the room that was not used. */
    void close() throws IOException {
        try (file) {
            file.setLength(length);
        } catch (IOException e) {
            // Not every system cuts a file that is in use as memory: the zeros stay then, and do no harm.
        }
    }
}
