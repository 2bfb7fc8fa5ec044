package dev.drawbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.h2.util.DateTimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @TempDir
    Path folder;

    private static void set(Database database, int value) {
        database.write(handle -> handle.execute("update registry_clock set seq = ?", value));
    }

    private static int get(Database database) {
        return database.<Integer, RuntimeException>read(handle -> handle.createQuery("select seq from registry_clock")
                .mapTo(Integer.class)
                .one());
    }

    @ParameterizedTest
    @EnumSource
    void a_transaction_that_throws_leaves_nothing(Engine engine) {
        try (Database database = engine.database(folder)) {
            set(database, 5);

            assertThatThrownBy(() -> database.write(handle -> {
                        handle.execute("update registry_clock set seq = 6");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");

            assertThat(get(database)).isEqualTo(5);
            assertThat(database.isUp()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_moment_is_kept_as_it_is_also_when_clocks_are_turned_back(Engine engine) {
        TimeZone usual = TimeZone.getDefault();
        try {
            zone(TimeZone.getTimeZone("Europe/Paris"));
            List<Instant> moments =
                    List.of(Instant.parse("2026-10-25T00:30:00.123Z"), Instant.parse("2026-10-25T01:30:00.123Z"));
            try (Database database = engine.database(folder)) {
                assertThat(moments).map(moment -> kept(database, moment)).isEqualTo(moments);
            }
        } finally {
            zone(usual);
        }
    }

    /** H2 asks Java once. */
    private static void zone(TimeZone zone) {
        TimeZone.setDefault(zone);
        DateTimeUtils.resetCalendar();
    }

    private static Instant kept(Database database, Instant moment) {
        return database.write(handle -> {
            handle.execute("delete from registry_answer");
            handle.execute(
                    "insert into registry_answer (caller, word, request, created) values ('a', 'b', 'c', ?)", moment);
            return handle.createQuery("select created from registry_answer")
                    .mapTo(Instant.class)
                    .one();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_thread_that_is_interrupted_harms_nobody(Engine engine) throws InterruptedException {
        try (Database database = engine.database(folder)) {
            set(database, 1);
            for (int i = 2; i < 40; i++) {
                int value = i;
                Thread worker = Thread.ofVirtual().start(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        set(database, value);
                    } catch (RuntimeException e) {
                        // Its own work may fail.
                    }
                });
                worker.join();
                set(database, value);
                assertThat(get(database)).isEqualTo(value);
            }
        }
    }

    @Test
    void what_was_written_is_in_the_file_when_the_process_dies() throws IOException {
        Path copy = folder.resolve("copy");
        try (Database database = Engine.H2.database(folder)) {
            set(database, 42);
            Files.createDirectories(copy.resolve("db"));
            Files.copy(folder.resolve("db/drawbridge.mv.db"), copy.resolve("db/drawbridge.mv.db"));
        }
        try (Database database = Engine.H2.database(copy)) {
            assertThat(get(database)).isEqualTo(42);
        }
    }

    @Test
    void a_database_that_is_not_there_is_told_and_not_waited_for_each_time() {
        Map<String, String> settings = Map.of("drawbridge.database.url", "jdbc:postgresql://127.0.0.1:9/none");
        try (Database database = new Database(new MapConfig(settings), new DataFolder(folder))) {
            assertThatThrownBy(() -> get(database)).isInstanceOf(StoreException.class);
            long start = System.nanoTime();
            assertThatThrownBy(() -> get(database)).isInstanceOf(StoreException.class);

            assertThat(System.nanoTime() - start).isLessThan(1_000_000_000);
            assertThat(database.isUp()).isFalse();
        }
    }

    @Test
    void a_secret_of_its_own_stays_the_same_and_is_nobody_elses_to_read() throws IOException {
        MapConfig none = new MapConfig(Map.of());
        byte[] first = new GatewaySecret(none, new DataFolder(folder)).derived("x");

        assertThat(new GatewaySecret(none, new DataFolder(folder)).derived("x")).isEqualTo(first);
        assertThat(new GatewaySecret(none, new DataFolder(folder)).derived("y")).isNotEqualTo(first);
        assertThat(Files.getPosixFilePermissions(folder.resolve("secret"))).hasSize(2);
        assertThatThrownBy(() -> new GatewaySecret("short")).hasMessageContaining("32");
    }

    @Test
    void a_box_opens_with_its_own_key_only() {
        SecretBox box = new SecretBox(new GatewaySecret("x".repeat(32)).derived("a"));
        SecretBox other = new SecretBox(new GatewaySecret("x".repeat(32)).derived("b"));

        assertThat(box.opened(box.sealed("täxt"))).isEqualTo("täxt");
        assertThat(box.sealed("text")).isNotEqualTo(box.sealed("text"));
        assertThatThrownBy(() -> other.opened(box.sealed("text"))).isInstanceOf(IllegalStateException.class);
    }
}
