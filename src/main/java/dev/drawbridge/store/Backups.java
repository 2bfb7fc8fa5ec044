package dev.drawbridge.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Copies of the database in the data folder, each with its time in its name. Nobody but people takes them away. */
@Singleton
public class Backups {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Database database;
    private final DataFolder folder;
    private final Clock clock;

    /**
     * A copy that is complete.
     *
     * @param file its path within the data folder
     */
    public record Backup(String file, long bytes, Instant created) {}

    @Inject
    public Backups(Database database, DataFolder folder) {
        this.database = database;
        this.folder = folder;
        this.clock = Clock.systemUTC();
    }

    /**
     * Copies the database as it is now, while it is in use.
     *
     * @throws UnsupportedOperationException as {@link Database#backup}
     */
    public Backup make() {
        Instant now = clock.instant();
        String name = "backups/drawbridge-" + TIME.format(now) + ".zip";
        Path archive = folder.resolve(name);
        try {
            // Made before it is filled, so that nobody else may read it at any moment.
            Files.createFile(archive, DataFolder.confidential());
            filled(archive);
            return new Backup(name, Files.size(archive), now);
        } catch (IOException e) {
            throw new UncheckedIOException("The backup cannot be kept: " + archive, e);
        }
    }

    private void filled(Path archive) throws IOException {
        boolean whole = false;
        try {
            database.backup(archive);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(archive);
            }
        }
    }
}
