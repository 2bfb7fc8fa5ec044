package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.FakeUpstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The breaker of Ollama's administration, and how administrators tune MicroProfile Fault Tolerance. */
@ExtendWith(ShippedWar.class)
class FaultToleranceIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String CALLS = "-Ddev.drawbridge.protocol.ollama.control.OllamaCalls/";
    private static final String COPY = "{'source':'llama','destination':'mine'}";

    @Test
    void a_breaker_opens_for_its_operation_alone_and_closes_again() throws Exception {
        World.OLLAMA.on("/api/copy", (call, answer) -> answer.cut());
        World.OLLAMA.on("/api/show", 200, "{\"own\":1}");

        assertThat(Waiting.until(SOON, () -> Http.post("/api/copy", COPY).status() == 503))
                .isTrue();

        int asked = World.OLLAMA.calls().size();
        Http.Reply refused = Http.post("/api/copy", COPY);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("error").asText()).contains("failed too often");
        assertThat(World.OLLAMA.calls()).hasSize(asked);
        assertThat(Http.post("/api/show", "{'model':'llama'}").status()).isEqualTo(200);
        World.OLLAMA.on("/api/copy", 200, "");
        assertThat(Waiting.until(SOON, () -> Http.post("/api/copy", COPY).status() == 200))
                .isTrue();
    }

    @Test
    void timeouts_retries_and_the_breaker_are_tuned_by_configuration() throws Exception {
        List<String> options = List.of(
                CALLS + "show/Timeout/value=300",
                CALLS + "copy/Retry/maxRetries=0",
                CALLS + "CircuitBreaker/enabled=false");
        try (FakeUpstream ollama = new FakeUpstream();
                BareServer server = BareServer.start("tuned", ollama.url(), options)) {
            ollama.on("/api/copy", (call, answer) -> answer.cut());
            for (int i = 0; i < 30; i++) {
                assertThat(Http.post(server.url("/api/copy"), COPY).status()).isEqualTo(502);
            }

            ollama.on("/api/show", (call, answer) -> Thread.sleep(Duration.ofSeconds(8)));
            long start = System.nanoTime();
            assertThat(Http.post(server.url("/api/show"), "{'model':'ollama/any'}")
                            .status())
                    .isEqualTo(504);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        }
    }
}
