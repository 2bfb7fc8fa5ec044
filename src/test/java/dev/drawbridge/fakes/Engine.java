package dev.drawbridge.fakes;

import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import java.nio.file.Path;
import java.util.Map;

/** The databases that everything must work with. */
public enum Engine {
    H2,
    POSTGRESQL;

    /** The settings of a gateway over an empty database, as an administrator gives them. */
    public Map<String, String> settings(Path folder) {
        return switch (this) {
            case H2 -> Map.of("drawbridge.data", folder.toString());
            case POSTGRESQL -> {
                Postgres server = Postgres.server();
                yield Map.of(
                        "drawbridge.data",
                        folder.toString(),
                        "drawbridge.database.url",
                        server.url(server.newDatabase()));
            }
        };
    }

    /** An empty database. */
    public Database database(Path folder) {
        return new Database(new MapConfig(settings(folder)), new DataFolder(folder));
    }
}
