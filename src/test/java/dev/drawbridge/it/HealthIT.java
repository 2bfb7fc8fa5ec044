package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How upstreams are, as administrators see it. */
@ExtendWith(ShippedWar.class)
class HealthIT {

    @Test
    void the_health_of_targets_is_a_document() {
        Http.Reply reply = Http.get("/admin/v1/upstreams/health");

        assertThat(reply.status()).isEqualTo(200);
        JsonNode document = reply.json();
        assertThat(document.path("timestamp").asText()).isNotEmpty();
        assertThat(document.path("targets").isArray()).isTrue();
    }

    @Test
    void an_upstream_that_answers_no_probe_is_a_line_in_the_log() throws Exception {
        assertThat(Waiting.until(Duration.ofSeconds(30), () -> logged("upstream silent: free -> held")))
                .isTrue();
    }

    @Test
    void gauges_are_among_the_servers_metrics() throws Exception {
        assertThat(Waiting.until(
                        Duration.ofSeconds(30),
                        () -> Http.get("/metrics").body().contains("drawbridge_upstream_queue{")))
                .isTrue();
        assertThat(Http.get("/metrics").body()).contains("drawbridge_upstream_in_flight{", "upstream=\"silent\"");
    }

    @Test
    void no_library_complains_of_its_logging() throws IOException {
        assertThat(Files.readString(World.LOG)).doesNotContain("SLF4J").doesNotContain("slf4j");
    }

    private static boolean logged(String line) {
        try {
            return Files.readString(World.LOG).contains(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
