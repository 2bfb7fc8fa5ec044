package dev.drawbridge.usage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.money.LedgerConfig.Sync;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.Records;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
    @TempDir
    private Path dir;

    @Test
    void a_record_is_read_as_it_was_written() {
        CallRecord full = Records.of(
                "1",
                Records.TIME,
                "k",
                new Usage(
                        10,
                        3,
                        5,
                        2,
                        Usage.Origin.PARTIAL,
                        new Usage.More(Map.of(Unit.IMAGE, 2L, Unit.MINUTE, 500L), Set.of("high", "1024x1024"))),
                "0.000000000001");
        CallRecord empty = Records.refused("2", Records.TIME);
        CallRecord other = Records.answeredBy("model-2", Records.record("3"));

        assertThat(read(RecordLine.of(full))).contains(full);
        assertThat(read(RecordLine.of(empty))).contains(empty);
        assertThat(read(RecordLine.of(other))).contains(other);
    }

    @Test
    void what_no_database_takes_is_taken_out() {
        CallRecord usual = Records.record("1");
        CallRecord odd = new CallRecord(
                "1",
                "x\u0000y\n\ud83d\ude00\ud83d",
                Records.TIME,
                usual.who(),
                usual.operation(),
                "m".repeat(5000),
                usual.outcome(),
                usual.times(),
                Optional.empty(),
                CallRecord.Cost.UNKNOWN,
                Map.of());

        CallRecord kept = read(RecordLine.of(odd)).orElseThrow();

        assertThat(kept.request()).isEqualTo("x_y_\ud83d\ude00_");
        assertThat(kept.model()).hasSize(256);
    }

    @Test
    void a_damaged_line_is_no_record() {
        byte[] line = RecordLine.of(Records.record("1"));
        line[40] ^= 1;

        assertThat(read(line)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void many_write_at_the_same_time_and_each_line_is_there_once(Sync sync) throws IOException {
        int each = sync == Sync.EACH ? 20 : 2000;
        try (Folder folder = Folder.first(dir);
                Journal journal = new Journal(folder, () -> sync)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 16).forEach(thread -> threads.execute(() -> append(journal, thread, each)));
            }

            assertThat(ids(folder, journal.end())).hasSize(16 * each).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_interrupted_thread_writes_all_the_same() throws IOException {
        try (Folder folder = Folder.first(dir);
                Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
            Thread.currentThread().interrupt();
            journal.append(RecordLine.of(Records.record("1")));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(RecordLine.of(Records.record("2")));

            assertThat(ids(folder, journal.end())).containsExactly("1", "2");
        }
    }

    @Test
    void a_torn_end_is_passed_over_and_never_written_on() throws IOException {
        try (Folder folder = Folder.first(dir)) {
            try (Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
                journal.append(RecordLine.of(Records.record("1")));
                journal.append(RecordLine.of(Records.record("2")));
            }
            Path segment = folder.segment(folder.segments().getLast());
            try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                file.setLength(file.length() - 7);
            }
            try (Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
                journal.append(RecordLine.of(Records.record("3")));

                assertThat(ids(folder, journal.end())).containsExactly("1", "3");
            }
        }
    }

    @Test
    void the_room_that_a_killed_process_has_not_used_is_no_damage() throws IOException {
        Position end = new Position(Long.MAX_VALUE, Long.MAX_VALUE);
        try (Folder folder = Folder.first(dir);
                Journal killed = new Journal(folder, () -> Sync.GROUPED)) {
            killed.append(RecordLine.of(Records.record("1")));
            tear(folder, RecordLine.of(Records.record("torn")), killed.end());
            try (Journal next = new Journal(folder, () -> Sync.GROUPED)) {
                next.append(RecordLine.of(Records.record("2")));
                Path file = folder.segment(folder.segments().getFirst());
                assertThat(file).hasSize(Segment.BYTES);

                Reader reader = new Reader(folder);
                assertThat(ids(reader, end)).containsExactly("1", "2");
                assertThat(reader.damaged()).isOne();
            }
        }
    }

    private static void tear(Folder folder, byte[] line, Position at) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.segment(at.segment()).toFile(), "rw")) {
            file.seek(at.offset());
            file.write(line, 0, line.length / 2);
        }
    }

    @Test
    void the_room_of_a_file_that_is_deleted_is_free_although_somebody_has_it_open() throws IOException {
        try (Folder folder = Folder.first(dir);
                Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
            journal.append(RecordLine.of(Records.record("1")));
            long number = folder.segments().getFirst();
            try (RandomAccessFile open =
                    new RandomAccessFile(folder.segment(number).toFile(), "r")) {
                folder.delete(number);
                assertThat(open.length()).isZero();
            }
            assertThat(folder.segments()).isEmpty();
        }
    }

    @Test
    void files_stay_small_and_are_read_in_their_order() throws IOException {
        try (Folder folder = Folder.first(dir);
                Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
            int length = RecordLine.of(Records.record("%09d".formatted(0))).length;
            long count = Segment.BYTES * 2L / length + 10;
            for (int i = 0; i < count; i++) {
                journal.append(RecordLine.of(Records.record("%09d".formatted(i))));
            }

            assertThat(folder.segments()).hasSize(3);
            assertThat(ids(folder, journal.end())).hasSize((int) count).isSorted();
        }
    }

    @Test
    void two_processes_have_a_folder_each_and_what_one_leaves_is_found() throws IOException {
        Folder one = Folder.first(dir);
        try (Folder other = Folder.first(dir)) {
            assertThat(other.id()).isNotEqualTo(one.id());
            assertThat(Folder.abandoned(dir)).isEmpty();

            one.close();
            List<Folder> left = Folder.abandoned(dir);
            assertThat(left).extracting(Folder::id).containsExactly(one.id());
            left.getFirst().close();
        }
    }

    @Test
    void what_the_disk_does_not_take_waits() throws IOException {
        Path parent = Files.writeString(dir.resolve("not-yet"), "in the way");
        try (Writing writing = new Writing(parent, () -> Sync.GROUPED)) {
            assertThat(writing.append(RecordLine.of(Records.record("1")))).isFalse();
            assertThat(writing.isFailing()).isTrue();
            assertThat(writing.waiting()).isOne();

            Files.delete(parent);
            writing.retry();
            assertThat(writing.append(RecordLine.of(Records.record("2")))).isTrue();

            Writing.Open open = writing.open().orElseThrow();
            assertThat(ids(open.folder(), open.journal().end())).containsExactly("1", "2");
            assertThat(writing.isFailing()).isFalse();
            assertThat(writing.lost()).isZero();
        }
    }

    private static void append(Journal journal, int thread, int count) {
        try {
            for (int i = 0; i < count; i++) {
                journal.append(RecordLine.of(Records.record(thread + "-" + i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<CallRecord> read(byte[] line) {
        assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n");
        return RecordLine.read(line, 0, line.length - 1);
    }

    private static List<String> ids(Folder folder, Position end) throws IOException {
        return ids(new Reader(folder), end);
    }

    private static List<String> ids(Reader reader, Position end) throws IOException {
        List<String> ids = new ArrayList<>();
        Position at = Position.START;
        Reader.Batch batch = reader.read(at, end);
        while (!batch.next().equals(at)) {
            batch.records().forEach(record -> ids.add(record.id()));
            at = batch.next();
            batch = reader.read(at, end);
        }
        return ids;
    }
}
