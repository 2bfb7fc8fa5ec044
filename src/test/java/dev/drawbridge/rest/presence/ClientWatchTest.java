package dev.drawbridge.rest.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The watch over a table that the test writes. */
@DisabledIf("dev.drawbridge.rest.presence.ConnectionTableTest#bigEndian")
class ClientWatchTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration SOME_LOOKS = Duration.ofMillis(2200);
    private static final String ONE = line("0100007F", 1000, "01");

    @TempDir
    Path folder;

    private Path table;
    private ClientWatch watch;

    @BeforeEach
    void start() throws IOException {
        table = folder.resolve("tcp");
        show();
        watch = new ClientWatch(List.of(table, folder.resolve("tcp6")));
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void a_client_that_is_connected_stays() throws IOException {
        show(ONE);
        CallScope scope = watched("127.0.0.1", 1000);
        assertThat(scope.pause(SOME_LOOKS)).isTrue();
    }

    @Test
    void one_that_has_closed_its_side_has_gone() throws IOException {
        show(line("0100007F", 1000, "08"));
        CallScope scope = watched("127.0.0.1", 1000);
        assertThat(scope.pause(SOON)).isFalse();
        assertThat(scope.reason().kind()).isEqualTo(ErrorKind.CLIENT_GONE);
    }

    @Test
    void one_that_was_there_and_is_missing_has_gone() throws IOException {
        show(ONE);
        CallScope scope = watched("0:0:0:0:0:ffff:7f00:1", 1000);
        assertThat(scope.pause(Duration.ofMillis(1200))).isTrue();
        show();
        assertThat(scope.pause(SOON)).isFalse();
    }

    @Test
    void one_that_was_never_there_has_gone_if_another_of_its_address_was() throws IOException {
        show(ONE);
        CallScope here = watched("127.0.0.1", 1000);
        CallScope reset = watched("127.0.0.1", 1001);
        assertThat(reset.pause(SOON)).isFalse();
        assertThat(here.hasEnded()).isFalse();
    }

    @Test
    void one_of_whom_the_table_knows_nothing_stays() throws IOException {
        show(ONE);
        watched("127.0.0.1", 1000);
        CallScope behindProxy = watched("203.0.113.7", 1001);
        CallScope nameless = watched("unknown", 1001);
        CallScope elsewhere = new CallScope();
        watch.watch(new Client("127.0.0.1", 1000, 9090, elsewhere));
        assertThat(elsewhere.pause(SOME_LOOKS)).isTrue();
        assertThat(behindProxy.hasEnded()).isFalse();
        assertThat(nameless.hasEnded()).isFalse();
    }

    @Test
    void one_that_is_missing_for_a_moment_stays() throws IOException, InterruptedException {
        show(ONE);
        CallScope scope = watched("127.0.0.1", 1000);
        Thread.sleep(1200);
        show();
        Thread.sleep(450);
        show(ONE);
        assertThat(scope.pause(SOME_LOOKS)).isTrue();
    }

    @Test
    void a_call_that_is_over_is_not_ended() throws IOException {
        show(line("0100007F", 1000, "08"));
        CallScope scope = new CallScope();
        watch.watch(new Client("127.0.0.1", 1000, 8080, scope)).close();
        assertThat(scope.pause(Duration.ofMillis(1500))).isTrue();
    }

    @Test
    void without_a_table_nobody_is_watched() {
        try (ClientWatch blind = new ClientWatch(List.of(folder.resolve("none")))) {
            CallScope scope = new CallScope();
            blind.watch(new Client("127.0.0.1", 1000, 8080, scope)).close();
            assertThat(scope.hasEnded()).isFalse();
        }
    }

    @Test
    void thousands_of_connections_are_looked_at_in_milliseconds() throws IOException, InterruptedException {
        show(ConnectionTableTest.large(5000));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            clients.add(new Client("10.0." + i / 1000 + ".1", 1024 + i, 8080, new CallScope()));
        }
        Presence presence = new Presence();
        byte[] text = Files.readAllBytes(table);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long start = System.nanoTime();
            Presence.Look look = new Presence.Look(clients);
            ConnectionTable.read(text, text.length, look);
            assertThat(presence.gone(clients, look)).isEmpty();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.getLogger("presence").log(System.Logger.Level.INFO, "5,000 clients in {0}", Duration.ofNanos(best));
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(10));
    }

    private CallScope watched(String address, int port) {
        CallScope scope = new CallScope();
        watch.watch(new Client(address, port, 8080, scope));
        return scope;
    }

    /** In one step: the watch may be reading. */
    private void show(String... lines) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), String.join("", lines));
        Files.move(fresh, table, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(String address, int port, String state) {
        return "   1: 0100007F:1F90 %s:%04X %s 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 20 4 30 10 -1\n"
                .formatted(address, port, state);
    }
}
