package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.Doors.Case;
import dev.drawbridge.it.Doors.Leaving;
import dev.drawbridge.it.Doors.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not wait for their answers: nobody works for them any more. */
@ExtendWith(ShippedWar.class)
@EnabledOnOs(OS.LINUX)
class ClientLeavesIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int WAVES = 50;
    private static final int WAVE = 100;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "BEFORE_FIRST_BYTE, FIN",
        "BEFORE_FIRST_BYTE, RST",
        "AMID_STREAM, FIN",
        "AMID_STREAM, RST",
    })
    void the_upstream_call_ends_within_two_seconds_at_every_door(Moment moment, Leaving leaving) throws Exception {
        List<Case> cases = Doors.all()
                .filter(it -> it.moment() == moment && it.leaving() == leaving)
                .toList();
        List<String> ids = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        Doors.silence(moment);
        for (Case one : cases) {
            ids.add("left-" + NUMBER.incrementAndGet());
            wires.add(new Wire().post(one.path(), ids.getLast(), one.body()));
        }
        assertThat(Waiting.until(SOON, () -> Doors.open() == cases.size()))
                .as("%s calls have reached their upstreams, not %s", cases.size(), Doors.open())
                .isTrue();
        if (moment == Moment.AMID_STREAM) {
            for (Wire wire : wires) {
                assertThat(wire.head().status()).isEqualTo(200);
                assertThat(wire.chunk()).contains("Hel");
            }
        } else {
            // A connection that was reset is known to the kernel no more: the gateway must have seen it before.
            Thread.sleep(1200);
        }

        for (Wire wire : wires) {
            leave(wire, leaving);
        }

        assertThat(Waiting.until(AT_ONCE, () -> Doors.open() == 0))
                .as("upstream calls that go on: %s", Doors.open())
                .isTrue();
        assertThat(Waiting.until(SOON, () -> logged(ids) == ids.size()))
                .as("lines with status=499 for %s: %s", ids, logged(ids))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_download_that_nobody_waits_for_ends_without_noise(boolean begun) throws Exception {
        World.OLLAMA.on("/api/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            if (begun) {
                answer.chunk("{\"status\":\"pulling manifest\"}\n");
            }
            answer.awaitCallersEnd();
        });
        ServerLog log = ServerLog.fromHere();
        Wire wire = new Wire().post("/api/pull", "{'model':'llama'}");
        assertThat(Waiting.until(SOON, () -> Doors.open() == 1)).isTrue();
        if (begun) {
            assertThat(wire.head().status()).isEqualTo(200);
            assertThat(wire.chunk()).contains("pulling manifest");
        }

        wire.close();

        assertThat(Waiting.until(AT_ONCE, () -> Doors.open() == 0)).isTrue();
        log.assertCalm();
    }

    @Test
    void nothing_is_left_of_thousands_of_them() throws Exception {
        List<Case> cases = Doors.all().toList();
        Doors.silence(Moment.BEFORE_FIRST_BYTE);
        int next = 0;
        for (int wave = 0; wave < WAVES; wave++) {
            List<Wire> wires = new ArrayList<>();
            Doors.silence(wave % 2 == 0 ? Moment.BEFORE_FIRST_BYTE : Moment.AMID_STREAM);
            for (int i = 0; i < WAVE; i++) {
                Case one = cases.get(next++ % cases.size());
                wires.add(new Wire().post(one.path(), one.body()));
            }
            // Some waves leave before their requests are read, others when they have been seen.
            Thread.sleep(wave % 5 * 150L);
            for (int i = 0; i < WAVE; i++) {
                leave(wires.get(i), i % 2 == 0 ? Leaving.FIN : Leaving.RST);
            }
        }

        assertThat(Waiting.until(SOON, () -> Doors.open() == 0))
                .as("upstream calls that go on: %s", Doors.open())
                .isTrue();
        assertThat(Waiting.until(SOON, () -> running() == 0))
                .as("calls that go on: %s", running())
                .isTrue();
        // More than an upstream's places have been taken: without them back there would be none left.
        World.forget();
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        assertThat(Http.post(World.CHAT, "{'model':'small','messages':[{'role':'user','content':'x'}]}")
                        .status())
                .isEqualTo(200);
    }

    private static void leave(Wire wire, Leaving leaving) throws IOException {
        if (leaving == Leaving.RST) {
            wire.reset();
        } else {
            wire.close();
        }
    }

    /** How many of the calls the log knows as left by their clients. */
    private static int logged(List<String> ids) {
        try {
            List<String> lines = Files.readAllLines(World.LOG).stream()
                    .filter(line -> line.contains(" status=499 "))
                    .toList();
            return (int) ids.stream()
                    .filter(id -> lines.stream().anyMatch(line -> line.contains("id=" + id + " ")))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Calls in the gateway, as it says itself. */
    private static int running() {
        return Http.get("/health/ready").json().at("/checks/0/data/calls").asInt(-1);
    }
}
