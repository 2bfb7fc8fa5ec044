package dev.drawbridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.fakes.Postgres;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.store.Backups;
import dev.drawbridge.store.Backups.Backup;
import dev.drawbridge.store.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As docs/database.md says. */
class BackupTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");

    @TempDir
    Path folder;

    private static Secret key(Node node) {
        String json = "{\"name\":\"ci\",\"team\":\"a\",\"secret\":{\"prefix\":\"\",\"hash\":\"\"}}";
        ApiKey wanted = Documents.read(json.getBytes(StandardCharsets.UTF_8), ApiKey.class);
        return node.issuer.issue(wanted, ANNA).key();
    }

    private static void assertRestored(Map<String, String> settings, Path data, Secret key) {
        try (Node node = new Node(settings, data)) {
            assertThat(node.keys.caller(key.reveal(), "127.0.0.1")).isPresent();
            assertThat(node.audit.verify()).matches(Audit.Verification::good).matches(done -> done.entries() == 2);
        }
    }

    @Test
    void an_archive_of_h2_is_restored() throws IOException {
        Backup backup;
        Secret key;
        try (Node node = new Node(Engine.H2.settings(folder), folder)) {
            key = key(node);
            backup = new Backups(node.database, new DataFolder(folder)).make();
            key(node);
        }
        Path archive = folder.resolve(backup.file());
        assertThat(archive).hasSize(backup.bytes());
        Path restored = Files.createDirectories(folder.resolve("restored"));
        unzip(archive, Files.createDirectories(restored.resolve("db")));

        assertRestored(Engine.H2.settings(restored), restored, key);
    }

    private static void unzip(Path archive, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, to.resolve(entry.getName()));
            }
        }
    }

    @Test
    void a_dump_of_postgresql_is_restored() {
        Postgres server = Postgres.server();
        String first = server.newDatabase();
        String second = server.newDatabase();
        String dump = "/tmp/" + first + "-" + ProcessHandle.current().pid() + ".dump";
        Secret key;
        try (Node node = new Node(settings(server, first), folder)) {
            key = key(node);
            server.run("pg_dump", first, "--format=custom", "--file=" + dump);
            Backups backups = new Backups(node.database, new DataFolder(folder));
            assertThatThrownBy(backups::make)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("pg_dump");
            assertThat(folder.resolve("backups")).isEmptyDirectory();
        }
        server.run("pg_restore", second, dump);

        assertRestored(settings(server, second), folder.resolve("other"), key);
    }

    private Map<String, String> settings(Postgres server, String database) {
        return Map.of("drawbridge.data", folder.toString(), "drawbridge.database.url", server.url(database));
    }
}
