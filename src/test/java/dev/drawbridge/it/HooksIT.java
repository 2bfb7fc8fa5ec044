package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.webhook.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks of the shipped WAR: asked before calls, told after them. */
class HooksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static GovernedServer gateway;
    private static FakeUpstream hooks;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        hooks = new FakeUpstream();
        hooks.on("/before", 200, "{\"allow\":true}").on("/after", 200, "{}");
        gateway = GovernedServer.start("hooks");
        Path file = Path.of("target", "it", "hooks", "drawbridge.yaml");
        Files.writeString(file, Files.readString(file) + """
                hooks:
                  before: [{ url: "%1$s/before", secret: s1 }]
                  after: [{ url: "%1$s/after", secret: s2 }]
                """.formatted(hooks.url()));
        assertThat(Waiting.until(PATIENCE, () -> {
                    gateway.ask(GovernedServer.ADMIN, "small");
                    return !to("/before").isEmpty();
                }))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        hooks.close();
    }

    @BeforeEach
    void allowAll() {
        hooks.on("/before", 200, "{\"allow\":true}").on("/after", 200, "{}");
    }

    private static List<FakeUpstream.Call> to(String path) {
        return hooks.calls().stream().filter(call -> call.path().equals(path)).toList();
    }

    private static List<JsonNode> told(String type) {
        return to("/after").stream()
                .flatMap(call ->
                        StreamSupport.stream(json(call.body()).path("events").spliterator(), false))
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSigned(FakeUpstream.Call call, String secret) {
        String header = call.headers().getOrDefault(Signature.HEADER, "");
        String seconds = header.substring(2, header.indexOf(','));
        return Signature.of(call.body(), secret, Instant.ofEpochSecond(Long.parseLong(seconds)))
                .equals(header);
    }

    @Test
    void a_webhook_that_says_no_is_heard_and_nothing_reaches_the_upstream() {
        hooks.on("/before", 200, "{\"allow\":false,\"reason\":\"Not today\",\"kind\":\"forbidden\"}");
        int asked = gateway.lab().calls().size();

        Http.Reply refused = gateway.ask(GovernedServer.ADMIN, "small");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error().path("message").asText()).isEqualTo("Not today");
        assertThat(gateway.lab().calls()).hasSize(asked);
        FakeUpstream.Call call = to("/before").getLast();
        assertThat(isSigned(call, "s1")).isTrue();
        assertThat(json(call.body()).path("model").asText()).isEqualTo("small");
        assertThat(call.body()).doesNotContain("Hi");
    }

    @Test
    void a_status_says_no_too() {
        hooks.on("/before", 402, "");

        Http.Reply refused = gateway.ask(GovernedServer.ADMIN, "small");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().path("code").asText()).isEqualTo("insufficient_quota");
    }

    @Test
    void calls_are_refused_while_it_fails() {
        hooks.on("/before", 500, "");

        assertThat(gateway.ask(GovernedServer.ADMIN, "small").status()).isEqualTo(503);
    }

    @Test
    void every_call_is_told_once_it_is_over_and_again_until_it_is_taken() throws InterruptedException {
        // Calls of other tests may still be on their way.
        JsonNode last = json(to("/before").getLast().body()).path("request");
        assertThat(Waiting.until(
                        PATIENCE,
                        () -> told("call").stream()
                                .anyMatch(event -> event.path("request").equals(last))))
                .isTrue();
        AtomicInteger tries = new AtomicInteger();
        hooks.on("/after", (call, answer) -> answer.whole(tries.incrementAndGet() < 3 ? 503 : 200, "text/plain", ""));

        assertThat(gateway.ask(GovernedServer.ADMIN, "small").status()).isEqualTo(200);

        assertThat(Waiting.until(PATIENCE, () -> tries.get() == 3)).isTrue();
        List<FakeUpstream.Call> calls = to("/after");
        List<FakeUpstream.Call> tried = calls.subList(calls.size() - 3, calls.size());
        JsonNode told = told("call").getLast();
        assertThat(told.path("status").asInt()).isEqualTo(200);
        assertThat(told.path("cost").path("amount").asText()).isEqualTo(GovernedServer.COST);
        assertThat(isSigned(tried.getLast(), "s2")).isTrue();
        assertThat(tried)
                .extracting(FakeUpstream.Call::body)
                .containsOnly(tried.getFirst().body());
        assertThat(tried)
                .extracting(call -> call.headers().get("x-drawbridge-delivery"))
                .containsOnly(tried.getFirst().headers().get("x-drawbridge-delivery"));
    }

    @Test
    void what_listeners_miss_and_what_waits_is_in_the_metrics() {
        String metrics = Http.get(gateway.server().url("/metrics")).body();

        assertThat(metrics)
                .containsPattern("(?m)^drawbridge_listeners_waiting(\\{.*})? \\d")
                .containsPattern("(?m)^drawbridge_listeners_missed(\\{.*})? 0");
    }

    @Test
    void a_budget_past_its_soft_limit_is_told() throws InterruptedException {
        String key = gateway.key("{'name':'soft','budget':{'amount':0.0016,'currency':'EUR','period':'total'}}")
                .path("key")
                .asText();
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
        }

        assertThat(Waiting.until(PATIENCE, () -> !told("budget").isEmpty())).isTrue();
        assertThat(told("budget").getFirst().path("scope").asText()).startsWith("key/");
    }
}
