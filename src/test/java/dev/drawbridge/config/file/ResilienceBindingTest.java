package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.ResilienceConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResilienceBindingTest {

    @Test
    void an_upstream_says_what_is_different_and_the_rest_is_as_for_all() throws IOException {
        List<UpstreamConfig> upstreams = read("""
                resilience:
                  breaker: {window: 40, open: 1s}
                  queue: {wait: 5s}
                  slow-start: 1m
                retries: {budget: 10%}
                upstreams:
                  - {name: a, kind: demo}
                  - {name: b, kind: demo, breaker: {open: 3s, failure-rate: 100%}, queue: {size: 0}, slow-start: 0s,
                     probe: {every: 10s}}
                """);

        assertThat(upstreams.getFirst().resilience())
                .isEqualTo(new ResilienceConfig(
                        new ResilienceConfig.Breaker(40, 0.5, 5, Duration.ofSeconds(1), Duration.ofSeconds(60)),
                        new ResilienceConfig.Queue(64, Duration.ofSeconds(5)),
                        new ResilienceConfig.Probe(Duration.ZERO, Duration.ofSeconds(2)),
                        Duration.ofMinutes(1),
                        0.1));
        assertThat(upstreams.getLast().resilience())
                .isEqualTo(new ResilienceConfig(
                        new ResilienceConfig.Breaker(40, 1.0, 5, Duration.ofSeconds(3), Duration.ofSeconds(60)),
                        new ResilienceConfig.Queue(0, Duration.ofSeconds(5)),
                        new ResilienceConfig.Probe(Duration.ofSeconds(10), Duration.ofSeconds(2)),
                        Duration.ZERO,
                        0.1));
    }

    @Test
    void keys_are_all_that_are_given_each_once() throws IOException {
        assertThat(read("upstreams: [{name: a, kind: demo, api-key: k1, api-keys: [k2, 3, k1, '']}]")
                        .getFirst()
                        .apiKeys())
                .containsExactly(new Secret("k1"), new Secret("k2"), new Secret("3"));
        assertThat(read("upstreams: [{name: a, kind: demo, api-keys: [k2]}]")
                        .getFirst()
                        .apiKey())
                .isEqualTo(new Secret("k2"));
        assertThat(read("upstreams: [{name: a, kind: demo, api-key: ''}]")
                        .getFirst()
                        .apiKeys())
                .isEmpty();
    }

    @Test
    void what_is_no_share_is_refused() {
        assertThatThrownBy(() -> read("resilience: {breaker: {failure-rate: 0%}}"))
                .hasMessageContaining("resilience.breaker.failure-rate")
                .hasMessageContaining("is not of the form 20%");
        assertThatThrownBy(() -> read("retries: {budget: 0.2}")).hasMessageContaining("retries.budget");
    }

    private static List<UpstreamConfig> read(String yaml) throws IOException {
        return new ConfigReader(name -> Optional.empty(), List.of())
                .read(ConfigReader.parseYaml(yaml), "the test")
                .upstreams();
    }
}
