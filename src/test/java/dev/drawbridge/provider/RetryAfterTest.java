package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.FailureRules;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.transport.ConnectionSettings;
import dev.drawbridge.transport.Timeouts;
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.transport.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource({
        "20s, 20000",
        "88ms, 88",
        "6m0s, 360000",
        "2m59.56s, 179560",
        "1h, 3600000",
        "7 seconds, 7000",
        "1d, 86400000"
    })
    void durations_are_read(String value, long millis) {
        assertThat(wait(Map.of("Retry-After", value))).contains(Duration.ofMillis(millis));
    }

    /** What vendors send when a limit is reached, at 2026-01-02T03:04:05Z. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            openai, requests    | 429 | x-ratelimit-limit-requests=60; x-ratelimit-remaining-requests=0; x-ratelimit-reset-requests=1s; x-ratelimit-remaining-tokens=149984; x-ratelimit-reset-tokens=6m0s | 1000
            openai, tokens      | 429 | x-ratelimit-remaining-requests=59; x-ratelimit-reset-requests=88ms; x-ratelimit-remaining-tokens=0; x-ratelimit-reset-tokens=6m0s | 360000
            openai, both        | 429 | x-ratelimit-remaining-requests=0; x-ratelimit-reset-requests=12ms; x-ratelimit-remaining-tokens=0; x-ratelimit-reset-tokens=1.5s | 1500
            openai, not enough  | 429 | x-ratelimit-remaining-requests=59; x-ratelimit-reset-requests=1s; x-ratelimit-remaining-tokens=900; x-ratelimit-reset-tokens=7s | 1000
            openai, usage based | 429 | x-ratelimit-remaining-tokens_usage_based=0; x-ratelimit-reset-tokens_usage_based=3s | 3000
            openai, not limited | 400 | x-ratelimit-remaining-requests=0; x-ratelimit-reset-requests=1s | -
            azure               | 429 | retry-after-ms=6431; retry-after=7; x-ratelimit-remaining-requests=0; x-ratelimit-reset-requests=10 | 6431
            azure, below zero   | 429 | x-ratelimit-remaining-tokens=-1; x-ratelimit-reset-tokens=10; x-ratelimit-remaining-requests=5; x-ratelimit-reset-requests=1 | 10000
            groq                | 429 | retry-after=2; x-ratelimit-remaining-requests=14369; x-ratelimit-reset-requests=2m59.56s; x-ratelimit-remaining-tokens=0; x-ratelimit-reset-tokens=7.66s | 2000
            groq, no wait       | 429 | x-ratelimit-remaining-requests=14369; x-ratelimit-reset-requests=2m59.56s; x-ratelimit-remaining-tokens=0; x-ratelimit-reset-tokens=7.66s | 7660
            anthropic           | 429 | anthropic-ratelimit-requests-remaining=49; anthropic-ratelimit-requests-reset=2026-01-02T03:04:06Z; anthropic-ratelimit-input-tokens-remaining=0; anthropic-ratelimit-input-tokens-reset=2026-01-02T03:04:35Z | 30000
            anthropic, output   | 429 | anthropic-ratelimit-output-tokens-remaining=0; anthropic-ratelimit-output-tokens-reset=2026-01-02T03:05:05Z | 60000
            mistral             | 429 | ratelimitbysize-limit=500000; ratelimitbysize-remaining=0; ratelimitbysize-reset=17 | 17000
            mistral, documented | 429 | retry-after=4; x-ratelimit-remaining-req-minute=0 | 4000
            openrouter          | 429 | x-ratelimit-limit=20; x-ratelimit-remaining=0; x-ratelimit-reset=1767323100000 | 55000
            together            | 429 | x-ratelimit-limit=1; x-ratelimit-remaining=0; x-ratelimit-reset=3 | 3000
            epoch seconds       | 503 | x-ratelimit-remaining=0; x-ratelimit-reset=1767323100 | 55000
            the draft           | 429 | ratelimit-limit=100; ratelimit-remaining=0; ratelimit-reset=50 | 50000
            a proxy             | 429 | retry-after=Fri, 02 Jan 2026 03:04:15 GMT | 10000
            nothing             | 429 | x-request-id=1 | -
            """)
    void what_each_vendor_says_of_its_limits_is_read(String vendor, int status, String headers, String millis) {
        Map<String, String> sent = Stream.of(headers.split("; ", -1))
                .map(header -> header.split("=", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));

        Optional<Duration> wait = RetryAfter.of(
                status,
                name -> Optional.ofNullable(sent.get(name)),
                FailureRules.general().limits(),
                Instant.parse("2026-01-02T03:04:05Z"));

        assertThat(wait.map(time -> Long.toString(time.toMillis())).orElse("-")).isEqualTo(millis);
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
    @ValueSource(strings = {"soon", "-1", "NaN", "Infinity", "1e300", "2015-10-21", "1x", "in 5s", "5 fortnights", ""})
    void nonsense_is_no_wait_at_all(String value) {
        assertThat(wait(Map.of("Retry-After", value))).isEmpty();
    }

    @Test
    void no_header_asks_for_nothing() {
        assertThat(wait(Map.of())).isEmpty();
    }

    private Optional<Duration> wait(Map<String, String> headers) {
        upstream.on("/", (call, answer) -> answer.whole(429, headers, "{}"));
        UpstreamRequest request = new UpstreamRequest(URI.create(upstream.url() + "/"), Map.of(), List.of());
        ConnectionSettings settings = new ConnectionSettings(PATIENCE, Optional.empty(), Optional.empty());
        try (UpstreamExchange exchange =
                client.send(request, settings, new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE), new CallScope())) {
            return RetryAfter.of(
                    exchange.status(), exchange::header, FailureRules.general().limits());
        }
    }
}
