package dev.drawbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.FakeUpstream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final FakeUpstream gateway = new FakeUpstream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gateway.close();
    }

    private int run(String... line) {
        List<String> words = new ArrayList<>(List.of(line));
        words.addAll(List.of("--url", gateway.url() + "/"));
        return run(words, Map.of("DRAWBRIDGE_KEY", "k1"));
    }

    private int run(List<String> line, Map<String, String> environment) {
        return Main.run(line, environment, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void an_answer_is_printed_as_it_comes() {
        gateway.on("/v1/chat/completions", (call, answer) -> {
            answer.start(200, "text/event-stream")
                    .events("{\"choices\":[{\"delta\":{\"content\":\"Grüß\"}}]}", "{\"choices\":[]}")
                    .events("{\"choices\":[{\"delta\":{\"content\":\" Gott\"}}]}", "[DONE]")
                    .end();
        });

        assertThat(run("run", "--model", "m", "--prompt=Hi")).isZero();
        assertThat(said()).isEqualTo("Grüß Gott" + System.lineSeparator());
        assertThat(gateway.lastCall().headers()).containsEntry("authorization", "Bearer k1");
        assertThat(gateway.lastCall().body()).contains("\"model\":\"m\"", "\"stream\":true", "Hi");
    }

    @Test
    void a_failure_has_an_exit_code_and_the_gateways_words() {
        gateway.on("/v1/chat/completions", 404, "{\"error\":{\"message\":\"no such model\"}}");

        assertThat(run("run", "--model", "m", "--prompt", "x")).isEqualTo(1);
        assertThat(complained()).contains("404: no such model");
    }

    @Test
    void a_failure_in_the_middle_of_an_answer_counts_too() {
        gateway.on("/v1/chat/completions", (call, answer) -> {
            answer.start(200, "text/event-stream")
                    .events("{\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}", "{\"error\":{\"message\":\"gone\"}}")
                    .end();
        });

        assertThat(run("run", "--model", "m", "--prompt", "x")).isEqualTo(1);
        assertThat(said()).startsWith("Hal");
        assertThat(complained()).contains("gone");
    }

    @Test
    void an_answer_that_just_ends_is_a_failure() {
        gateway.on(
                "/v1/chat/completions",
                (call, answer) -> answer.start(200, "text/event-stream").end());

        assertThat(run("run", "--model", "m", "--prompt", "x")).isEqualTo(1);
    }

    @Test
    void models_are_listed() {
        gateway.on(
                "/v1/models", 200, "{\"data\":[{\"id\":\"a\",\"owned_by\":\"o\",\"max_model_len\":7},{\"id\":\"b\"}]}");

        assertThat(run("models")).isZero();
        assertThat(said().lines().toList()).hasSize(2).first().asString().contains("a", "o", "7 tokens");
    }

    @Test
    void a_pull_shows_its_progress_once_a_step() {
        gateway.on(
                "/models/download",
                (call, answer) -> answer.start(200, "application/x-ndjson")
                        .chunk(
                                "{\"status\":\"pulling\",\"total\":10,\"completed\":5}\n{\"status\":\"pulling\",\"total\":10,"
                                        + "\"completed\":5}\n{\"status\":\"success\"}\n")
                        .end());

        assertThat(run("pull", "smollm2:135m")).isZero();
        assertThat(said().lines()).containsExactly("pulling 50 %", "success");
        assertThat(gateway.lastCall().body()).isEqualTo("{\"model_path\":\"smollm2:135m\"}");
    }

    @Test
    void a_failed_pull_is_a_failure() {
        gateway.on("/models/download", 200, "{\"status\":\"pulling\"}\n{\"error\":\"not GGUF\"}\n");

        assertThat(run("pull", "x")).isEqualTo(1);
        assertThat(complained()).contains("not GGUF");
    }

    @Test
    void a_model_is_switched_to_or_added() {
        gateway.on("/models/manage", 200, "{\"message\":\"done\"}");

        assertThat(run("use", "tiny", "--provider-model", "ollama/smollm2:135m"))
                .isZero();
        assertThat(gateway.lastCall().body())
                .isEqualTo("{\"model_name\":\"tiny\",\"provider_model\":\"ollama/smollm2:135m\"}");
        assertThat(run("use", "tiny")).isZero();
        assertThat(gateway.lastCall().body()).isEqualTo("{\"model_name\":\"tiny\"}");
    }

    @Test
    void an_upstream_that_is_not_well_is_an_exit_code() {
        gateway.on(
                "/admin/v1/diagnosis",
                200,
                "{\"upstreams\":[{\"name\":\"a\",\"reachable\":true,\"authorised\":true,\"latency_ms\":3},"
                        + "{\"name\":\"b\",\"reachable\":false,\"error\":\"refused\"}]}");

        assertThat(run("diagnose")).isEqualTo(1);
        assertThat(said().lines().toList()).hasSize(2);
        assertThat(said()).contains("ok   a", "FAIL b", "refused");
    }

    @Test
    void an_upstream_that_answers_with_an_error_is_not_well() {
        gateway.on(
                "/admin/v1/diagnosis",
                200,
                "{\"upstreams\":[{\"name\":\"a\",\"reachable\":true,\"authorised\":null,\"models\":null,"
                        + "\"error\":\"it answered 500\"}]}");

        assertThat(run("diagnose")).isEqualTo(1);
        assertThat(said()).contains("FAIL a", "it answered 500");
    }

    @Test
    void upstreams_without_an_error_are_well() {
        gateway.on(
                "/admin/v1/diagnosis",
                200,
                "{\"upstreams\":[{\"name\":\"a\",\"reachable\":true,\"authorised\":true,\"models\":2,"
                        + "\"error\":null}]}");

        assertThat(run("diagnose")).isZero();
        assertThat(said()).contains("ok   a");
    }

    @Test
    void health_is_asked() {
        gateway.on("/api/health", 200, "{\"status\":\"ok\"}");

        assertThat(run("health")).isZero();
        assertThat(said()).startsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "run",
                "run --model m",
                "pull",
                "models --speed 3",
                "models --key",
                "keys",
                "keys burn",
                "keys create",
                "keys revoke",
                "audit"
            })
    void what_is_not_understood_shows_how_it_is_meant(String line) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));

        assertThat(run(words, Map.of())).isEqualTo(2);
        assertThat(complained()).contains("drawbridge COMMAND");
    }

    @Test
    void a_gateway_that_is_not_there_is_a_failure() {
        gateway.close();

        assertThat(run("health")).isEqualTo(1);
        assertThat(complained()).startsWith("drawbridge: ");
    }
}
