package dev.drawbridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Node;
import dev.drawbridge.fakes.Postgres;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back. */
class AwayTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");

    @TempDir
    Path folder;

    @Test
    void nothing_is_forgotten_and_all_goes_on_when_it_is_back() throws Exception {
        try (Postgres server = Postgres.started()) {
            Map<String, String> settings = settings(server);
            try (Node node = new Node(settings, folder)) {
                node.registry.create(Kinds.TEAM, "a", new Team("A"), ANNA);
                server.stop();

                assertThat(node.registry.find(Kinds.TEAM, "a")).isPresent();
                assertThatThrownBy(() -> node.registry.create(Kinds.TEAM, "b", new Team("B"), ANNA))
                        .isInstanceOfSatisfying(
                                GatewayException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NO_CAPACITY));
                assertThat(node.database.isUp()).isFalse();
                assertThat(node.registry.isLoaded()).isTrue();

                server.start();
                await(node.database::isUp);
                node.registry.create(Kinds.TEAM, "b", new Team("B"), ANNA);
                assertThat(node.registry.isCurrent()).isTrue();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot())))
                    .isEqualTo("rw-------");
            startsWithoutIt(server, settings);
            believesNoChangedSnapshot(server, settings);
        }
    }

    private Map<String, String> settings(Postgres server) {
        return Map.of(
                "drawbridge.data", folder.toString(), "drawbridge.database.url", server.url(server.newDatabase()));
    }

    private Path snapshot() {
        return folder.resolve("registry.snapshot");
    }

    private void startsWithoutIt(Postgres server, Map<String, String> settings) {
        server.stop();
        try (Node node = new Node(settings, folder)) {
            assertThat(node.registry.isLoaded()).isTrue();
            assertThat(node.registry.isCurrent()).isFalse();
            assertThat(node.registry.all(Kinds.TEAM)).extracting(Entry::id).containsExactly("a", "b");

            server.start();
            await(node.registry::isCurrent);
            node.registry.create(Kinds.TEAM, "c", new Team("C"), ANNA);
            assertThat(node.registry.count(Kinds.TEAM)).isEqualTo(3);
        }
    }

    private void believesNoChangedSnapshot(Postgres server, Map<String, String> settings) throws IOException {
        String text = Files.readString(snapshot());
        Files.writeString(snapshot(), text.replace("\"A\"", "\"Z\""));
        server.stop();
        try (Node node = new Node(settings, folder)) {
            assertThat(node.registry.isLoaded()).isFalse();
            assertThat(node.keys.expected()).as("the gateway stays closed").isTrue();

            server.start();
            await(node.registry::isLoaded);
            assertThat(node.registry.count(Kinds.TEAM)).isEqualTo(3);
        }
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            Thread.onSpinWait();
        }
    }
}
