package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.overlay.Overlay;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigChangeTest {
    private static final String FILE = """
            upstreams: [{ name: api, kind: openai, base-url: "http://127.0.0.1:1/v1" }]
            models:
              - { id: of-file, aliases: [old], targets: [{ upstream: api }] }
              - { id: careful, targets: [{ upstream: api }], fallbacks: [old] }
            """;

    @TempDir
    private Path folder;

    private LiveConfig config;

    @BeforeEach
    void start() {
        config = Configs.live(folder, FILE);
    }

    @AfterEach
    void stop() {
        config.close();
    }

    @Test
    void a_change_is_in_force_at_once_and_after_a_restart() throws IOException {
        long version = config.version();
        config.change(stored -> with(stored, "added"), false);

        assertThat(ids(config)).containsExactly("added", "of-file", "careful");
        assertThat(config.version()).isGreaterThan(version);
        assertThat(idsAfterRestart()).containsExactly("added", "of-file", "careful");
    }

    @Test
    void a_change_for_later_is_only_stored() throws IOException {
        config.change(stored -> with(stored, "added"), true);

        assertThat(ids(config)).containsExactly("of-file", "careful");
        assertThat(config.stored().config().models()).hasSize(3);
        assertThat(idsAfterRestart()).containsExactly("added", "of-file", "careful");
    }

    @Test
    void a_change_for_later_is_in_force_when_the_file_is_read_again() throws Exception {
        config.change(stored -> with(stored, "added"), true);
        Configs.write(folder, FILE + "retries: { attempts: 7 }\n");

        eventually(() -> config.current().retries().attempts() == 7);
        assertThat(ids(config)).containsExactly("added", "of-file", "careful");
    }

    @Test
    void a_change_that_would_not_be_valid_changes_nothing() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config.change(stored -> with(stored, entry("bad", "nobody")), false))
                .withMessageContaining("no upstream named \"nobody\"");

        assertThat(ids(config)).containsExactly("of-file", "careful");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_change_that_cannot_be_stored_changes_nothing() throws IOException {
        config.change(stored -> with(stored, "first"), false);
        LiveConfig.Loaded before = config.inForce();
        Path data = folder.resolve("data");
        Files.move(data, folder.resolve("elsewhere"));
        Files.writeString(data, "a file where the folder was");

        assertThatThrownBy(() -> config.change(stored -> with(stored, "second"), false))
                .isInstanceOf(IOException.class);

        assertThat(config.inForce()).isSameAs(before);
        assertThat(config.stored()).isSameAs(before);
    }

    @Test
    void an_entry_of_the_same_id_replaces_that_of_the_file() throws IOException {
        config.change(stored -> with(stored, "of-file"), false);

        assertThat(ids(config)).containsExactly("of-file", "careful");
        assertThat(config.current().models().getFirst().targets().getFirst().model())
                .isEqualTo("m");
        assertThat(config.current().models().getLast().fallbacks()).isEmpty();
    }

    @Test
    void fallbacks_to_what_is_taken_out_are_left_out() throws IOException {
        config.change(stored -> new Overlay(List.of(), Set.of("of-file"), Set.of(), ""), false);

        assertThat(ids(config)).containsExactly("careful");
        assertThat(config.current().models().getFirst().fallbacks()).isEmpty();
    }

    @Test
    void changes_at_the_same_time_lose_nothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String id = "m" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    config.change(stored -> with(stored, id), false);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(config.current().models()).hasSize(22);
        assertThat(idsAfterRestart()).hasSize(22);
        try (var files = Files.list(folder.resolve("data"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_is_added_reads_no_variables() throws IOException {
        config.change(stored -> with(stored, "${HOME}"), false);

        assertThat(ids(config)).contains("${HOME}");
        assertThat(idsAfterRestart()).contains("${HOME}");
    }

    @Test
    void changes_go_over_the_configuration_of_the_environment_too() throws IOException {
        LiveConfig bare = Configs.without(folder);
        bare.change(stored -> with(stored, entry("added", "demo")), false);

        assertThat(ids(Configs.without(folder))).containsExactly("added");
    }

    @Test
    void an_upstream_that_a_change_names_goes_on_offering_its_own_list() throws IOException {
        LiveConfig bare = Configs.without(folder);
        bare.change(stored -> with(stored, entry("added", "demo")), false);

        assertThat(bare.current().upstreams().getFirst().discovery()).contains(true);
    }

    @Test
    void a_broken_file_is_named_at_the_start() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Path managed = folder.resolve("data/managed.yaml");
        for (String broken : List.of("models: [", "modles: []", "models: {}", "models: [{}]", "[]", "removed: [7]")) {
            Files.writeString(managed, broken);
            assertThatExceptionOfType(ConfigException.class)
                    .as(broken)
                    .isThrownBy(() -> Configs.again(folder))
                    .withMessageStartingWith(managed.toString());
        }
    }

    @Test
    void entries_that_the_file_no_longer_carries_are_named_with_their_place() throws IOException {
        config.change(stored -> with(stored, "added"), false);
        Configs.write(folder, "upstreams: [{ name: other, kind: demo }]");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Configs.again(folder))
                .withMessageContaining("managed.yaml: models[0].targets[0].upstream: no upstream named \"api\"");
    }

    private static Overlay with(LiveConfig.Loaded stored, String id) {
        return with(stored, entry(id, "api"));
    }

    private static Overlay with(LiveConfig.Loaded stored, ObjectNode entry) {
        List<ObjectNode> models = new ArrayList<>(stored.overlay().models());
        models.add(entry);
        return new Overlay(models, Set.of(), Set.of(), "");
    }

    private static ObjectNode entry(String id, String upstream) {
        return Lab.object("{'id':'" + id + "','targets':[{'upstream':'" + upstream + "','model':'m'}]}");
    }

    private static List<String> ids(LiveConfig config) {
        return config.current().models().stream().map(ModelConfig::id).toList();
    }

    private List<String> idsAfterRestart() {
        LiveConfig again = Configs.again(folder);
        again.close();
        return ids(again);
    }

    private static void eventually(BooleanSupplier truth) throws InterruptedException {
        for (int i = 0; i < 100 && !truth.getAsBoolean(); i++) {
            Thread.sleep(Duration.ofMillis(100));
        }
    }
}
