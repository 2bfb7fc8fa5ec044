package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.transport.ConnectionSettings;
import dev.drawbridge.transport.Timeouts;
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.transport.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeUpstream upstream = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000", "7, 7000", "0.5, 500", "120, 120000", "1e2, 100000"})
    void seconds_are_read(String value, long millis) {
        assertThat(wait(Map.of("Retry-After", value))).contains(Duration.ofMillis(millis));
    }

    @Test
    void milliseconds_win_over_seconds() {
        assertThat(wait(Map.of("retry-after-ms", "250", "retry-after", "9"))).contains(Duration.ofMillis(250));
        assertThat(wait(Map.of("Retry-After-Ms", "1500.4"))).contains(Duration.ofMillis(1500));
        assertThat(wait(Map.of("retry-after-ms", "soon", "retry-after", "9"))).contains(Duration.ofSeconds(9));
    }

    @Test
    void a_date_is_read() {
        String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));

        assertThat(wait(Map.of("Retry-After", then)).orElseThrow())
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
    }

    @Test
    void a_date_that_has_passed_is_no_wait() {
        assertThat(wait(Map.of("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"))).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "NaN", "Infinity", "1e300", "2015-10-21"})
    void nonsense_is_no_wait_at_all(String value) {
        assertThat(wait(Map.of("Retry-After", value))).isEmpty();
    }

    @Test
    void no_header_asks_for_nothing() {
        assertThat(wait(Map.of())).isEmpty();
    }

    private Optional<Duration> wait(Map<String, String> headers) {
        upstream.on("/", (call, answer) -> answer.whole(429, headers, "{}"));
        UpstreamRequest request = new UpstreamRequest(URI.create(upstream.url() + "/"), Map.of(), new byte[0]);
        ConnectionSettings settings = new ConnectionSettings(PATIENCE, Optional.empty(), Optional.empty());
        try (UpstreamExchange exchange =
                client.send(request, settings, new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE), new CallScope())) {
            return RetryAfter.of(exchange);
        }
    }
}
