package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models are fetched by the management API. */
@ExtendWith(ShippedWar.class)
class DownloadIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void who_waits_gets_the_whole_log() {
        World.OLLAMA.on("/api/pull", 200, lines("pulling manifest", "success"));

        Http.Reply reply = Http.post("/models/download", "{'model_path':'smollm2:135m'}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(Http.json("{\"message\":\"モデルのダウンロードが完了しました\",\"log\":\"pulling manifest\\nsuccess\\n\"}"));
        assertThat(Http.json(World.OLLAMA.calls().getFirst().body())
                        .path("model")
                        .asText())
                .isEqualTo("smollm2:135m");
    }

    @Test
    void what_ollama_refuses_is_said_in_the_documented_words() {
        World.OLLAMA.on(
                "/api/pull",
                200,
                lines("pulling manifest")
                        + "{\"error\":\"pull model manifest: 400: {\\\"error\\\":\\\"Repository is not GGUF or is not"
                        + " compatible with llama.cpp\\\"}\"}\n");

        Http.Reply reply = Http.post("/models/download", "{'model_path':'hf.co/user/repo'}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().path("detail").asText()).isEqualTo("""
                エラーが発生しました（exit code: 1）
                出力:
                pulling manifest... Repository is not GGUF or is not compatible with llama.cpp
                """);
    }

    @Test
    void a_name_that_looks_like_an_option_is_refused() {
        assertThat(Http.post("/models/download", "{'model_path':'--insecure'}").status())
                .isEqualTo(400);
        assertThat(World.OLLAMA.calls()).isEmpty();
    }

    @Test
    void who_watches_sees_each_step_when_it_happens() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        World.OLLAMA.on("/api/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(lines("pulling manifest"));
            assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
            answer.chunk(lines("success")).end();
        });
        try (Wire wire = new Wire()) {
            watch(wire, "text/event-stream", "smollm2:135m");
            assertThat(wire.head().header("content-type")).startsWith("text/event-stream");
            assertThat(wire.chunk()).isEqualTo("data: {\"status\":\"pulling manifest\"}\n\n");
            seen.countDown();
            assertThat(wire.chunks())
                    .startsWith("data: {\"status\":\"success\"}\n\n")
                    .contains("data: {\"message\":\"The model has been downloaded\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson"})
    void who_watches_and_leaves_ends_the_call_of_the_upstream(String form) throws Exception {
        World.OLLAMA.on("/api/pull", (call, answer) -> goesOn(answer));
        ServerLog log = ServerLog.fromHere();
        try (Wire wire = new Wire()) {
            watch(wire, form, "left");
            assertThat(wire.head().header("content-type")).startsWith(form);
            assertThat(wire.chunk()).contains("part 0");
            assertThat(World.OLLAMA.open()).isEqualTo(1);
        }

        assertThat(Waiting.until(SOON, () -> World.OLLAMA.open() == 0)).isTrue();
        log.assertCalm();
    }

    @Test
    void who_watches_and_leaves_does_not_end_the_job_of_another() throws Exception {
        World.OLLAMA.on("/api/pull", (call, answer) -> goesOn(answer));
        JsonNode job = Http.post("/models/download?async=true", "{'model_path':'shared'}")
                .json();
        try (Wire wire = new Wire()) {
            watch(wire, "text/event-stream", "shared");
            wire.head();
            wire.chunk();
        }
        Thread.sleep(500);

        assertThat(World.OLLAMA.calls()).hasSize(1);
        assertThat(World.OLLAMA.open()).isEqualTo(1);
        Http.send(
                Http.request("/models/download/" + job.path("id").asText()).method("DELETE", BodyPublishers.noBody()));
        assertThat(Waiting.until(SOON, () -> World.OLLAMA.open() == 0)).isTrue();
    }

    @Test
    void a_job_can_be_looked_after_and_ends_by_itself() throws Exception {
        World.OLLAMA.on("/api/pull", 200, lines("pulling manifest", "success"));

        Http.Reply begun = Http.post("/models/download?async=true", "{'model_path':'smollm2:135m'}");

        assertThat(begun.status()).isEqualTo(202);
        String job = "/models/download/" + begun.json().path("id").asText();
        assertThat(begun.header("location")).endsWith(job);
        assertThat(Waiting.until(SOON, () -> status(job).equals("success"))).isTrue();
        assertThat(Http.get(job).json().path("log").asText()).isEqualTo("pulling manifest\nsuccess\n");
    }

    @Test
    void a_cancelled_job_ends_the_call_of_the_upstream() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        World.OLLAMA.on("/api/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            begun.countDown();
            while (true) {
                answer.chunk(lines("pulling manifest"));
                Thread.sleep(20);
            }
        });
        JsonNode job = Http.post("/models/download?async=true", "{'model_path':'cancelled'}")
                .json();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        Http.Reply reply = Http.send(
                Http.request("/models/download/" + job.path("id").asText()).method("DELETE", BodyPublishers.noBody()));

        assertThat(reply.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(Waiting.until(SOON, () -> World.OLLAMA.open() == 0)).isTrue();
    }

    @Test
    void an_unknown_job_is_not_found() {
        assertThat(Http.get("/models/download/nope").status()).isEqualTo(404);
    }

    private static void watch(Wire wire, String form, String model) throws IOException {
        byte[] body = ("{\"model_path\":\"" + model + "\"}").getBytes(StandardCharsets.UTF_8);
        wire.send("POST /models/download HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Accept: " + form + "\r\nAccept-Language: en\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .send(body);
    }

    /** Progress until nobody takes it any more. */
    private static void goesOn(Answer answer) throws IOException, InterruptedException {
        answer.start(200, "application/x-ndjson");
        for (int i = 0; true; i++) {
            answer.chunk(lines("part " + i));
            Thread.sleep(20);
        }
    }

    private static String status(String job) {
        return Http.get(job).json().path("status").asText();
    }

    private static String lines(String... statuses) {
        StringBuilder lines = new StringBuilder();
        for (String status : statuses) {
            lines.append("{\"status\":\"").append(status).append("\"}\n");
        }
        return lines.toString();
    }
}
