package dev.drawbridge.governance.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.ApiKey.Stamp;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.registry.json.Documents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A large company's keys. */
class ManyKeysTest {
    private static final int MANY = 100_000;
    private static final int AT_ONCE = 10_000;

    private final KeyHash hash = new KeyHash(Node.SECRET);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_hundred_thousand_keys_are_loaded_in_seconds_and_found_in_microseconds(Engine engine) {
        Map<String, String> settings = engine.settings(folder);
        List<String> secrets = new ArrayList<>();
        try (Node node = new Node(settings, folder)) {
            for (int i = 0; i < MANY / AT_ONCE; i++) {
                secrets.addAll(create(node, secrets.size()));
            }
        }

        long start = System.nanoTime();
        try (Node node = new Node(settings, folder)) {
            Duration loading = Duration.ofNanos(System.nanoTime() - start);
            assertThat(node.registry.count(Kinds.KEY)).isEqualTo(MANY);
            long asked = System.nanoTime();
            for (String secret : secrets) {
                Caller caller = node.keys.caller(secret, "127.0.0.1").orElseThrow();
                node.directory.chain(caller.account());
            }
            Duration each = Duration.ofNanos(System.nanoTime() - asked).dividedBy(MANY);

            System.getLogger(ManyKeysTest.class.getName())
                    .log(System.Logger.Level.INFO, "{0}: loaded in {1}, {2} a look", engine, loading, each);
            assertThat(loading).isLessThan(Duration.ofSeconds(15));
            assertThat(each).isLessThan(Duration.ofNanos(200_000));
        }
    }

    /** Past the registry, which would write as many entries of the audit. */
    private List<String> create(Node node, long from) {
        List<String> secrets = new ArrayList<>();
        node.database.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "insert into registry_entry (kind, id, version, body, deleted, seq, created, changed)"
                            + " values ('key', ?, 1, ?, false, ?, current_timestamp, current_timestamp)");
            for (long seq = from + 1; seq <= from + AT_ONCE; seq++) {
                String secret = KeyText.random().reveal();
                secrets.add(secret);
                batch.add("key" + seq, Documents.write(key(hash.of(secret))), seq);
            }
            handle.execute("update registry_clock set seq = ?", from + AT_ONCE);
            return batch.execute();
        });
        return secrets;
    }

    private static ApiKey key(String hash) {
        return new ApiKey(
                "key",
                "team",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Stamp("sk-db-123456", hash),
                List.of(),
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
