package dev.drawbridge.registry;

import dev.drawbridge.registry.Tables.Row;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.GatewaySecret;
import dev.drawbridge.store.SealedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The last known state in a file, for a start while the database is away. */
final class Snapshot {
    private static final System.Logger LOG = System.getLogger(Registry.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Of the time that writing takes: it never takes more than a small part of a processor. */
    private static final int REST = 30;

    private final SealedFile file;
    private volatile boolean due;
    private long notBefore = System.nanoTime();

    /** @param seq of the last change that is in it */
    record Content(long seq, List<Row> rows) {}

    Snapshot(DataFolder folder, GatewaySecret secret) {
        this.file = new SealedFile(folder.resolve("registry.snapshot"), secret.derived("registry snapshot"));
    }

    Optional<Content> read() {
        try {
            List<String> lines = file.read();
            List<Row> rows = lines.stream().skip(1).map(Row::of).toList();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The database is away: {0} entries are as they were when last seen",
                    rows.size());
            return Optional.of(new Content(Long.parseLong(lines.getFirst()), rows));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The snapshot cannot be used: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    void changed() {
        due = true;
    }

    /** Writes it where something has changed, now and then. */
    void keepUp(Supplier<Content> content) {
        if (due && System.nanoTime() - notBefore >= 0) {
            write(content);
        }
    }

    private void write(Supplier<Content> content) {
        long start = System.nanoTime();
        due = false;
        try {
            Content now = content.get();
            file.write(Stream.concat(
                    Stream.of(Long.toString(now.seq())), now.rows().stream().map(Row::line)));
        } catch (IOException e) {
            due = true;
            LOG.log(System.Logger.Level.WARNING, "The snapshot cannot be written: {0}", e.getMessage());
        }
        long took = System.nanoTime() - start;
        notBefore = System.nanoTime() + Math.max(PAUSE.toNanos(), took * REST);
    }

    void close(Supplier<Content> content) {
        if (due) {
            write(content);
        }
    }
}
