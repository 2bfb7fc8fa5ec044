package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Answer;
import dev.drawbridge.fakes.FakeUpstream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Ollama upstreams are administered through Ollama's API. */
@ExtendWith(ShippedWar.class)
class OllamaAdministrationIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "create"})
    void progress_comes_line_by_line_as_it_happens(String operation) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        World.OLLAMA.on("/api/" + operation, (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(line("first"));
            assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
            answer.chunk(line("success")).end();
        });
        try (Wire wire = new Wire()) {
            wire.post("/api/" + operation, "{'model':'new','insecure':true}");
            assertThat(wire.head().header("content-type")).isEqualTo("application/x-ndjson");
            assertThat(wire.chunk()).isEqualTo(line("first"));
            seen.countDown();
            assertThat(wire.chunks()).isEqualTo(line("success"));
        }
        FakeUpstream.Call call = World.OLLAMA.calls().getFirst();
        assertThat(Http.json(call.body()))
                .isEqualTo(Http.json("{\"model\":\"new\",\"insecure\":true,\"stream\":true}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "create"})
    void without_a_stream_only_the_end_is_told(String operation) {
        World.OLLAMA.on("/api/" + operation, 200, line("first") + line("success"));

        Http.Reply reply = Http.post("/api/" + operation, "{'name':'new','stream':false}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(reply.header("x-drawbridge-upstream")).isEqualTo("ollama");
    }

    @Test
    void failures_are_ollamas_own() {
        World.OLLAMA.on("/api/pull", 400, "{\"error\":\"invalid model name\"}");
        Http.Reply early = Http.post("/api/pull", "{'model':'x y'}");
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.body()).isEqualTo("{\"error\":\"invalid model name\"}");

        World.OLLAMA.on("/api/pull", 200, line("first") + "{\"error\":\"file does not exist\"}\n");
        Http.Reply late = Http.post("/api/pull", "{'model':'x'}");
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).isEqualTo(line("first") + "{\"error\":\"file does not exist\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "create"})
    void a_client_that_goes_away_ends_the_call_of_the_upstream(String operation) throws Exception {
        World.OLLAMA.on("/api/" + operation, (call, answer) -> goesOn(answer));
        ServerLog log = ServerLog.fromHere();
        try (Wire wire = new Wire()) {
            wire.post("/api/" + operation, "{'model':'new'}");
            wire.head();
            wire.chunk();
            assertThat(World.OLLAMA.open()).isEqualTo(1);
        }

        assertThat(Waiting.until(SOON, () -> World.OLLAMA.open() == 0)).isTrue();
        log.assertCalm();
    }

    @Test
    void a_client_that_goes_away_leaves_the_download_to_the_others() throws Exception {
        World.OLLAMA.on("/api/pull", (call, answer) -> goesOn(answer));
        ServerLog log = ServerLog.fromHere();
        try (Wire other = new Wire()) {
            try (Wire one = new Wire()) {
                one.post("/api/pull", "{'model':'new'}");
                one.head();
                other.post("/api/pull", "{'model':'new'}");
                other.head();
            }
            Thread.sleep(500);
            assertThat(World.OLLAMA.open()).isEqualTo(1);
            assertThat(other.chunk()).isNotEmpty();
        }

        assertThat(Waiting.until(SOON, () -> World.OLLAMA.open() == 0)).isTrue();
        assertThat(World.OLLAMA.calls()).hasSize(1);
        log.assertCalm();
    }

    @Test
    void downloads_of_one_model_at_the_same_time_are_one() throws Exception {
        CountDownLatch joined = new CountDownLatch(1);
        World.OLLAMA.on("/api/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(line("first"));
            assertThat(joined.await(10, TimeUnit.SECONDS)).isTrue();
            answer.chunk(line("success")).end();
        });
        try (Wire one = new Wire();
                Wire other = new Wire()) {
            one.post("/api/pull", "{'model':'new'}");
            one.head();
            other.post("/api/pull", "{'model':'new:latest'}");
            other.head();
            assertThat(other.chunk()).isEqualTo(line("first"));
            joined.countDown();
            assertThat(one.chunks()).isEqualTo(line("first") + line("success"));
            assertThat(other.chunks()).isEqualTo(line("success"));
        }
        assertThat(World.OLLAMA.calls()).hasSize(1);
    }

    @Test
    void a_model_that_is_elsewhere_is_there_already() {
        assertThat(Http.post("/api/pull", "{'model':'adapted','stream':false}").body())
                .isEqualTo("{\"status\":\"success\"}");
        assertThat(World.OLLAMA.calls()).isEmpty();
    }

    @Test
    void models_are_copied_and_deleted_under_the_upstreams_names() {
        World.OLLAMA.on("/api/copy", 200, "").on("/api/delete", 200, "");

        assertThat(Http.post("/api/copy", "{'source':'llama','destination':'mine'}")
                        .status())
                .isEqualTo(200);
        assertThat(World.OLLAMA.lastCall().body()).isEqualTo("{\"source\":\"llama:1b\",\"destination\":\"mine\"}");
        assertThat(delete("{\"model\":\"llama\"}").status()).isEqualTo(200);
        assertThat(World.OLLAMA.lastCall().method()).isEqualTo("DELETE");
        assertThat(World.OLLAMA.lastCall().body()).isEqualTo("{\"model\":\"llama:1b\"}");
        assertThat(delete("{\"model\":\"adapted\"}").status()).isEqualTo(403);
        World.OLLAMA.on("/api/delete", 404, "{\"error\":\"model 'x' not found\"}");
        assertThat(delete("{\"model\":\"x\"}").status()).isEqualTo(404);
        assertThat(delete("{\"model\":\"x\"}").body()).isEqualTo("{\"error\":\"model 'x' not found\"}");
    }

    @Test
    void files_are_sent_on_as_they_come() {
        World.OLLAMA.on("/api/blobs/" + DIGEST, 201, "");
        String content = "x".repeat(3_000_000);

        Http.Reply reply = Http.send(Http.request("/api/blobs/" + DIGEST).POST(BodyPublishers.ofString(content)));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(World.OLLAMA.lastCall().headers()).containsEntry("transfer-encoding", "chunked");
        assertThat(World.OLLAMA.lastCall().body()).isEqualTo(content);
        assertThat(Http.send(Http.request("/api/blobs/none").POST(BodyPublishers.ofString("x")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whether_a_file_is_there_can_be_asked() {
        assertThat(blob().status()).isEqualTo(404);
        World.OLLAMA.on("/api/blobs/" + DIGEST, (call, answer) -> answer.raw("HTTP/1.1 200 OK\r\n\r\n"));
        assertThat(blob().status()).isEqualTo(200);
    }

    @Test
    void the_upstream_describes_its_own_model() {
        World.OLLAMA.on("/api/show", 200, "{\"model_info\":{\"general.basename\":\"L\"},\"own\":1}");

        assertThat(Http.post("/api/show", "{'model':'llama'}")
                        .json()
                        .path("own")
                        .asInt())
                .isEqualTo(1);
        assertThat(Http.json(World.OLLAMA.lastCall().body()).path("model").asText())
                .isEqualTo("llama:1b");
    }

    @Test
    void models_in_memory_go_by_the_names_that_clients_know() {
        World.OLLAMA.on(
                "/api/ps", 200, "{\"models\":[{\"name\":\"llama:1b\",\"size_vram\":7},{\"name\":\"other:1b\"}]}");

        assertThat(Http.get("/api/ps").json())
                .isEqualTo(
                        Http.json("{\"models\":[{\"name\":\"llama:latest\",\"size_vram\":7,\"model\":\"llama:latest\"},"
                                + "{\"name\":\"other:1b\",\"model\":\"other:1b\"}]}"));
    }

    /** MicroProfile Fault Tolerance at work. */
    @Test
    void a_connection_that_breaks_is_tried_again() {
        AtomicInteger calls = new AtomicInteger();
        World.OLLAMA.on("/api/show", (call, answer) -> {
            if (calls.incrementAndGet() <= 2) {
                answer.cut();
            } else {
                answer.whole(200, "application/json", "{\"own\":1}");
            }
        });

        assertThat(Http.post("/api/show", "{'model':'llama'}")
                        .json()
                        .path("own")
                        .asInt())
                .isEqualTo(1);
        assertThat(calls.get()).isGreaterThan(2);
    }

    @Test
    void an_upstream_that_is_named_must_be_an_ollama() {
        Http.Reply reply = Http.send(Http.request("/api/pull")
                .header("x-drawbridge-upstream", "lab")
                .POST(BodyPublishers.ofString("{\"model\":\"x\"}")));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asText()).contains("\"lab\"").contains("ollama");
    }

    private static Http.Reply delete(String body) {
        return Http.send(Http.request("/api/delete").method("DELETE", BodyPublishers.ofString(body)));
    }

    private static Http.Reply blob() {
        return Http.send(Http.request("/api/blobs/" + DIGEST).method("HEAD", BodyPublishers.noBody()));
    }

    /** Progress until nobody takes it any more. */
    private static void goesOn(Answer answer) throws IOException, InterruptedException {
        answer.start(200, "application/x-ndjson");
        for (int i = 0; true; i++) {
            answer.chunk(line("part " + i));
            Thread.sleep(20);
        }
    }

    private static String line(String status) {
        return "{\"status\":\"" + status + "\"}\n";
    }
}
