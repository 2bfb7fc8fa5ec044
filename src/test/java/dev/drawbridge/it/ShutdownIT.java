package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process is told to stop while it answers. */
@EnabledOnOs(OS.LINUX)
class ShutdownIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** What the server itself takes to stop, on a slow machine. */
    private static final Duration SERVERS_OWN = Duration.ofSeconds(15);

    private static final int SIGTERM = 143;

    @Test
    void running_calls_finish_and_new_ones_are_refused_and_the_process_ends_with_the_last() throws Exception {
        try (OwnServer own = OwnServer.start("stopped", "shutdown-grace: 1m")) {
            own.lab().on(World.CHAT, (call, answer) -> {
                answer.start(200, "text/event-stream").events(Said.role(), Said.text("Hel"));
                Thread.sleep(3000);
                answer.events(Said.text("lo"), Said.finish("stop"), Said.usage(), "[DONE]")
                        .end();
            });
            try (Wire running = own.ask(World.CHAT, "running", true)) {
                assertThat(running.head().status()).isEqualTo(200);
                long start = System.nanoTime();
                own.server().terminate();

                assertThat(Waiting.until(SOON, () -> ready(own) == 503)).isTrue();
                assertRefused(own.chat(World.CHAT));
                assertRefused(own.chat("/api/chat"));

                assertThat(running.chunks()).contains("lo").endsWith("data: [DONE]\n\n");
                assertThat(own.server().awaitExit(SERVERS_OWN)).isEqualTo(SIGTERM);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("not the whole grace time")
                        .isLessThan(Duration.ofSeconds(3).plus(SERVERS_OWN));
                assertThat(own.server().output()).containsPattern("id=running .* status=200 ");
            }
        }
    }

    @Test
    void who_is_not_ready_at_the_end_of_the_grace_time_is_told_so_in_his_dialect() throws Exception {
        try (OwnServer own = OwnServer.start("stopped-hard", "shutdown-grace: 1s")) {
            Doors.silence(own.lab(), Doors.Moment.AMID_STREAM);
            try (Wire openAi = own.ask(World.CHAT, "cut-1", true);
                    Wire ollama = own.ask("/api/chat", "cut-2", true)) {
                assertThat(openAi.head().status()).isEqualTo(200);
                assertThat(ollama.head().status()).isEqualTo(200);
                Doors.silence(own.lab(), Doors.Moment.BEFORE_FIRST_BYTE);
                Wire whole = own.ask(World.CHAT, "cut-3", false);
                assertThat(Waiting.until(SOON, () -> own.lab().open() == 3)).isTrue();
                long start = System.nanoTime();
                own.server().terminate();

                assertThat(openAi.chunks())
                        .contains("data: {\"error\":{\"message\":\"The gateway is being stopped")
                        .doesNotContain("[DONE]");
                assertThat(ollama.chunks()).contains("\n{\"error\":\"The gateway is being stopped");
                Wire.Head refused = whole.head();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(whole.body(refused)).contains("being stopped");
                assertThat(own.server().awaitExit(SERVERS_OWN)).isEqualTo(SIGTERM);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3).plus(SERVERS_OWN));
                assertThat(own.server().output())
                        .containsPattern("id=cut-1 .* status=503 ")
                        .containsPattern("id=cut-2 .* status=503 ")
                        .containsPattern("id=cut-3 .* status=503 ");
                whole.close();
            }
        }
    }

    private static int ready(OwnServer own) {
        return Http.get(own.server().url("/health/ready")).status();
    }

    private static void assertRefused(Http.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("connection")).isEqualTo("close");
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(reply.body()).contains("The gateway is being stopped");
    }
}
