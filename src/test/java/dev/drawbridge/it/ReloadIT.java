package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The configuration file changes while the gateway runs. */
@ExtendWith(ShippedWar.class)
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String MORE = "  - { id: %s, targets: [{ upstream: lab, model: other-name }] }%n";

    @AfterEach
    void as_it_was() throws InterruptedException {
        World.configure("");
        assertThat(Waiting.until(SOON, () -> known(World.MODEL) && !known("newcomer") && !known("passenger")))
                .isTrue();
    }

    @Test
    void a_new_model_is_there_within_three_seconds_and_can_be_asked() throws InterruptedException {
        assertThat(known("newcomer")).isFalse();
        World.configure(MORE.formatted("newcomer"));
        assertThat(Waiting.until(SOON, () -> known("newcomer"))).isTrue();
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        assertThat(Http.post(World.CHAT, "{'model':'newcomer','messages':[{'role':'user','content':'Hi'}]}")
                        .status())
                .isEqualTo(200);
        assertThat(Http.json(World.LAB.lastCall().body()).path("model").asText())
                .isEqualTo("other-name");
    }

    @Test
    void a_file_with_a_mistake_changes_nothing_and_the_log_names_the_mistake() throws Exception {
        World.configure("  - { id: newcomer, targets: [{ upstream: nobody }] }\n");
        assertThat(Waiting.until(SOON, () -> log().contains("models[9].targets[0].upstream")))
                .isTrue();
        assertThat(log()).contains("The configuration stays as it was.").contains("\"nobody\"");
        assertThat(known("newcomer")).isFalse();
        assertThat(known(World.MODEL)).isTrue();
    }

    @Test
    void a_file_that_is_no_yaml_changes_nothing() throws Exception {
        World.write("upstreams: [\n");
        assertThat(Waiting.until(SOON, () -> log().contains("is not YAML"))).isTrue();
        assertThat(known(World.MODEL)).isTrue();
    }

    @Test
    void a_stream_that_began_before_the_change_comes_to_its_end() throws Exception {
        World.configure(MORE.formatted("passenger"));
        assertThat(Waiting.until(SOON, () -> known("passenger"))).isTrue();
        CountDownLatch changed = new CountDownLatch(1);
        World.LAB.on(World.CHAT, (call, answer) -> {
            answer.start(200, "text/event-stream").events(Said.text("Hel"));
            boolean inTime = changed.await(9, TimeUnit.SECONDS);
            answer.events(Said.text(inTime ? "lo" : "p"), Said.finish("stop"), "[DONE]")
                    .end();
        });
        try (Wire wire = new Wire()) {
            String question = "{'model':'passenger','stream':true,'messages':[{'role':'user','content':'Hi'}]}";
            assertThat(wire.post(World.CHAT, question).head().status()).isEqualTo(200);
            assertThat(wire.chunk()).contains("Hel");
            World.configure("");
            assertThat(Waiting.until(SOON, () -> !known("passenger"))).isTrue();
            changed.countDown();
            assertThat(wire.chunks()).contains("\"lo\"").endsWith("data: [DONE]\n\n");
        }
    }

    private static boolean known(String model) {
        return Http.get("/v1/models/" + model).status() == 200;
    }

    private static String log() {
        try {
            return Files.readString(World.LOG);
        } catch (IOException e) {
            return "";
        }
    }
}
