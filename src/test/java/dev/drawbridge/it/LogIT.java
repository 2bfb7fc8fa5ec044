package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written down of a call, and what is not. */
@ExtendWith(ShippedWar.class)
class LogIT {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String PROMPT = "my grandmother's maiden name";
    private static final String SAID = "which nobody may read";
    private static final String CLIENT_KEY = "sk-client-9876543210";

    @Test
    void a_call_is_one_line_without_its_content() throws Exception {
        World.LAB.on(World.CHAT, 200, Said.reply(SAID));
        ask("log-whole", "");
        String line = line("log-whole");
        assertThat(line).contains("op=chat model=small upstream=lab attempts=1 status=200", "in=3", "out=2");
        assertThat(Files.readAllLines(World.LOG))
                .filteredOn(text -> text.contains("id=log-whole "))
                .hasSize(1);
    }

    @Test
    void a_stream_is_one_line_too() throws Exception {
        World.LAB.on(World.CHAT, Said.stream(Said.text(SAID), Said.finish("stop"), Said.usage()));
        ask("log-stream", ",\"stream\":true");
        assertThat(line("log-stream")).contains("status=200", "in=3", "out=2");
    }

    @Test
    void a_failure_is_one_line_too() throws Exception {
        World.LAB.on(World.CHAT, 500, Said.error("it broke", "any"));
        ask("log-failure", "");
        assertThat(line("log-failure")).contains("status=502");
    }

    @Test
    void no_prompt_no_answer_and_no_key_is_ever_logged() throws Exception {
        World.LAB.on(World.CHAT, 200, Said.reply(SAID));
        ask("log-secret-1", "");
        World.LAB.on(
                World.CHAT,
                (call, answer) -> answer.start(200, "text/event-stream")
                        .events(Said.text(SAID))
                        .chunk("data: {\"broken " + SAID + "\n\n")
                        .end());
        ask("log-secret-2", ",\"stream\":true");
        ask("log-secret-3", ",\"temperature\":\"" + PROMPT + "\"");
        ask("log-secret-4", ",,");
        World.LAB.on(World.CHAT, 200, "{\"choices\": no json, " + SAID);
        ask("log-secret-5", "");
        assertThat(line("log-secret-5")).contains("status=502");
        assertThat(Files.readString(World.LOG))
                .doesNotContain(PROMPT)
                .doesNotContain(SAID)
                .doesNotContain(CLIENT_KEY)
                .doesNotContain(World.LAB_KEY);
    }

    private static void ask(String id, String more) {
        String message = "{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}";
        String question = "{\"model\":\"small\",\"messages\":[" + message + "]" + more + "}";
        assertThat(Http.send(Http.request(World.CHAT)
                                .header("x-request-id", id)
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + CLIENT_KEY)
                                .POST(BodyPublishers.ofString(question)))
                        .header("x-request-id"))
                .isEqualTo(id);
    }

    /** The call's line, which may come a moment after its answer. */
    private static String line(String id) throws InterruptedException, IOException {
        assertThat(Waiting.until(SOON, () -> logged(id))).isTrue();
        return Files.readAllLines(World.LOG).stream()
                .filter(line -> line.contains("id=" + id + " "))
                .findFirst()
                .orElseThrow();
    }

    private static boolean logged(String id) {
        try {
            return Files.readString(World.LOG).contains("id=" + id + " ");
        } catch (IOException e) {
            return false;
        }
    }
}
