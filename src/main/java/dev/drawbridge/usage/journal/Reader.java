package dev.drawbridge.usage.journal;

import dev.drawbridge.usage.CallRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal from some place on. What is torn or damaged is passed over, and counted. Not thread-safe. */
public final class Reader {
    private static final int MOST_BYTES = 512 * 1024;

    private final Folder folder;
    private long damaged;

    /** @param next where to read on */
    public record Batch(List<CallRecord> records, Position next) {}

    public Reader(Folder folder) {
        this.folder = folder;
    }

    /**
     * Some records; none when the end is reached.
     *
     * @param end what is before it has been written as a whole
     */
    public Batch read(Position from, Position end) throws IOException {
        Position at = from;
        for (long segment : folder.segments()) {
            if (segment >= at.segment() && segment <= end.segment()) {
                at = segment == at.segment() ? at : new Position(segment, 0);
                Batch batch = batch(at, segment == end.segment() ? end.offset() : Long.MAX_VALUE);
                if (!batch.next().equals(at)) {
                    return batch;
                }
            }
        }
        return new Batch(List.of(), at);
    }

    private Batch batch(Position at, long limit) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.segment(at.segment()).toFile(), "r")) {
            long end = Math.min(limit, file.length());
            byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, end - at.offset()))];
            file.seek(at.offset());
            file.readFully(bytes);
            List<CallRecord> records = new ArrayList<>();
            int start = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    add(RecordLine.read(bytes, start, i), records);
                    start = i + 1;
                }
            }
            // Zeros are room that nobody has written to.
            boolean torn = start == 0 && bytes.length > 0 && bytes[0] != 0;
            if (torn) {
                damaged++;
            }
            return new Batch(records, new Position(at.segment(), at.offset() + (torn ? bytes.length : start)));
        }
    }

    private void add(Optional<CallRecord> record, List<CallRecord> records) {
        record.ifPresentOrElse(records::add, () -> damaged++);
    }

    /** Lines that were no records. */
    public long damaged() {
        return damaged;
    }
}
