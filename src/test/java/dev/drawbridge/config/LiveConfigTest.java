package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.file.ConfigDefaults;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.inference.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {
    private static final Logger LOGGER = Logger.getLogger(LiveConfig.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ConfigDefaults NO_DEFAULTS = variables -> Json.object();

    @TempDir
    private Path dir;

    private final Journal journal = new Journal();

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(journal);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(journal);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void a_valid_change_is_in_force_soon_and_an_invalid_one_changes_nothing() throws Exception {
        Path file = write("one");
        LiveConfig live = live(file);
        assertThat(names(live)).containsExactly("one");
        long version = live.version();

        write("two");
        journal.expect(Level.INFO, "has changed");
        DrawbridgeConfig second = live.current();
        assertThat(names(live)).containsExactly("two");
        assertThat(live.version()).isNotEqualTo(version);

        Files.writeString(file, "upstreams: [{name: three}]\n");
        journal.expect(Level.SEVERE, "upstreams[0].kind: is missing");
        assertThat(live.current()).isSameAs(second);

        write("four-is-longer");
        journal.expect(Level.INFO, "has changed");
        assertThat(names(live)).containsExactly("four-is-longer");
        live.close();
    }

    @Test
    void a_mistake_is_reported_once_and_a_file_that_vanishes_is_one() throws Exception {
        Path file = write("one");
        LiveConfig live = live(file);

        Files.delete(file);
        journal.expect(Level.SEVERE, "cannot be read");
        assertThat(journal.next(Duration.ofMillis(1300))).isEmpty();
        assertThat(names(live)).containsExactly("one");

        write("two");
        journal.expect(Level.INFO, "has changed");
        assertThat(names(live)).containsExactly("two");
        live.close();
    }

    @Test
    void a_link_that_is_swapped_is_a_change_although_files_look_alike() throws Exception {
        FileTime same = FileTime.fromMillis(1_700_000_000_000L);
        for (String version : List.of("aaa", "bbb")) {
            Path folder = Files.createDirectory(dir.resolve("..v-" + version));
            Path real = Files.writeString(folder.resolve("drawbridge.yaml"), text(version));
            Files.setLastModifiedTime(real, same);
        }
        Path data = dir.resolve("..data");
        Files.createSymbolicLink(data, Path.of("..v-aaa"));
        Path file = dir.resolve("drawbridge.yaml");
        Files.createSymbolicLink(file, Path.of("..data/drawbridge.yaml"));
        LiveConfig live = live(file);
        assertThat(names(live)).containsExactly("aaa");

        Path next = Files.createSymbolicLink(dir.resolve("..data_tmp"), Path.of("..v-bbb"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        journal.expect(Level.INFO, "has changed");
        assertThat(names(live)).containsExactly("bbb");
        live.close();
    }

    @Test
    void a_file_that_is_named_must_be_there() {
        Path missing = dir.resolve("missing.yaml");

        assertThatThrownBy(() -> live(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void an_invalid_file_at_the_start_is_a_failure() throws IOException {
        Path file = Files.writeString(dir.resolve("drawbridge.yaml"), "upstreams: 1\n");

        assertThatThrownBy(() -> live(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": upstreams: must be a list, not a number");
    }

    @Test
    void variables_and_checks_are_used() throws IOException {
        Path file = Files.writeString(dir.resolve("drawbridge.yaml"), text("${NAME}"));
        Map<String, String> variables = Map.of("drawbridge.config", file.toString(), "NAME", "from-outside");

        LiveConfig live = new LiveConfig(name -> Optional.ofNullable(variables.get(name)), List.of(), NO_DEFAULTS);

        assertThat(names(live)).containsExactly("from-outside");
        assertThat(live.origin()).isEqualTo(file.toAbsolutePath().toString());
        live.close();
        assertThatThrownBy(() -> new LiveConfig(
                        name -> Optional.ofNullable(variables.get(name)),
                        List.of((config, problems) -> problems.add("a", "is wrong")),
                        NO_DEFAULTS))
                .hasMessageContaining("a: is wrong");
    }

    @Test
    void without_a_file_the_defaults_are_in_force() {
        assumeThat(Path.of("drawbridge.yaml")).doesNotExist();

        LiveConfig live = new LiveConfig(
                name -> Optional.empty(),
                List.of(),
                variables -> Json.with(Json.object(), "upstreams", yaml("[{name: found, kind: demo}]")));

        assertThat(names(live)).containsExactly("found");
        assertThat(live.origin()).startsWith("no configuration file");
        live.close();
    }

    private Path write(String name) throws IOException {
        return Files.writeString(dir.resolve("drawbridge.yaml"), text(name));
    }

    private static String text(String name) {
        return "upstreams: [{name: '" + name + "', kind: demo}]\n";
    }

    private static LiveConfig live(Path file) {
        return new LiveConfig(
                name -> name.equals("drawbridge.config") ? Optional.of(file.toString()) : Optional.empty(),
                List.of(),
                NO_DEFAULTS);
    }

    private static List<String> names(LiveConfig live) {
        return live.current().upstreams().stream().map(UpstreamConfig::name).toList();
    }

    private static JsonNode yaml(String text) {
        try {
            return ConfigReader.parseYaml(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is logged, as it is logged. */
    private static final class Journal extends Handler {
        private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        Optional<LogRecord> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(records.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        }

        void expect(Level level, String words) throws InterruptedException {
            LogRecord line = next(PATIENCE).orElseThrow(() -> new AssertionError("not logged: " + words));
            assertThat(line.getLevel()).isEqualTo(level);
            String said = MessageFormat.format(line.getMessage(), line.getParameters());
            assertThat(said).contains(words);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
