package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.RoutingConfig;
import dev.drawbridge.config.RoutingConfig.Sticky;
import dev.drawbridge.config.RoutingConfig.Strategy;
import dev.drawbridge.config.Secret;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.money.MorePrices;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBindingTest {
    private static final String SMALLEST = """
            providers: {acme: {protocol: openai}}
            upstreams: [{name: lab, kind: demo}]
            models:
              - id: m
                targets: [{upstream: lab, labels: {a: b}, price: {currency: EUR, input: 1}}]
                price: {currency: EUR, input: 1}
                routes: [{to: {a: b}}]
            """;

    private final List<String> defaults = new ArrayList<>();

    @Test
    void the_defaults_of_the_code_are_those_of_the_schema() throws IOException {
        ObjectNode schema = schema();
        ObjectNode written = (ObjectNode) ConfigReader.parseYaml(SMALLEST);
        fill(schema, schema, written);

        assertThat(defaults)
                .hasSizeGreaterThan(15)
                .contains("max-body", "backoff", "idle", "weight", "prefix", "percent", "failover");
        DrawbridgeConfig unwritten = config(SMALLEST);
        DrawbridgeConfig explicit = ConfigBinding.bind(written);
        assertThat(explicit.server()).isEqualTo(unwritten.server());
        assertThat(explicit.retries()).isEqualTo(unwritten.retries());
        assertThat(explicit.routing()).isEqualTo(unwritten.routing());
        assertThat(explicit.upstreams()).isEqualTo(unwritten.upstreams());
        assertThat(explicit.models()).isEqualTo(unwritten.models());
        assertThat(Presets.with(explicit.providers()).of("acme"))
                .isEqualTo(Presets.with(unwritten.providers()).of("acme"))
                .isPresent();
    }

    @Test
    void a_key_without_a_default_in_the_schema_is_empty() throws IOException {
        UpstreamConfig upstream = config(SMALLEST).upstreams().getFirst();
        ModelConfig model = config(SMALLEST).models().getFirst();

        assertThat(upstream.settings()).isEmpty();
        assertThat(upstream.apiKey()).isEqualTo(Secret.NONE);
        assertThat(upstream.headers()).isEmpty();
        assertThat(upstream.discovery()).isEmpty();
        assertThat(upstream.connection().proxy()).isEmpty();
        assertThat(upstream.connection().trustStore()).isEmpty();
        assertThat(model.context()).isEmpty();
        assertThat(model.maxTokens()).isEqualTo(ModelConfig.MaxTokens.UNSET);
        assertThat(model.aliases()).isEmpty();
        assertThat(model.capabilities()).isEmpty();
    }

    @Test
    void an_upstream_is_read_with_all_its_settings() throws IOException {
        UpstreamConfig upstream = config("""
                upstreams:
                  - name: lab
                    kind: azure
                    base-url: https://a.example
                    endpoint: https://b.example
                    api-version: "2024-10-21"
                    project-id: 4711
                    api-key: key
                    headers: {x-a: b, x-n: 7}
                    timeouts: {connect: 1s, first-token: 2m, idle: 3h, total: 400ms, drain: 5s}
                    max-in-flight: 5
                    proxy: http://proxy:3128
                    tls: {trust-store: /a.p12, trust-store-password: 123}
                    discovery: false
                    adaptations: [think-tags, {drop: [user]}]
                """).upstreams().getFirst();

        assertThat(upstream.place()).isEqualTo("upstreams[0]");
        assertThat(upstream.settings())
                .isEqualTo(Map.of("base-url", "https://a.example", "api-version", "2024-10-21", "project-id", "4711"));
        assertThat(upstream.apiKey().reveal()).isEqualTo("key");
        assertThat(upstream.headers()).isEqualTo(Map.of("x-a", new Secret("b"), "x-n", new Secret("7")));
        assertThat(upstream.timeouts())
                .isEqualTo(new UpstreamConfig.TimeoutConfig(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        Duration.ofHours(3),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(5)));
        assertThat(upstream.maxInFlight()).isEqualTo(5);
        assertThat(upstream.connection())
                .isEqualTo(new UpstreamConfig.ConnectionConfig("http://proxy:3128", "/a.p12", new Secret("123")));
        assertThat(upstream.discovery()).contains(false);
        assertThat(upstream.adaptations()).hasSize(2);
    }

    @Test
    void a_model_is_read_with_all_its_settings() throws IOException {
        ModelConfig model = config("""
                upstreams: [{name: a, kind: demo}, {name: b, kind: demo}]
                models:
                  - {id: other, targets: [{upstream: a}]}
                  - id: m
                    aliases: [n]
                    targets: [{upstream: b, model: x, priority: 0, weight: 3}, {upstream: a}]
                    fallbacks: [other]
                    max-tokens: {default: 500, limit: 4096}
                    context: 131072
                    capabilities: [chat, tools]
                    price: {currency: EUR, input: 0.67, cached-input: 0.07, output: 1.5, date: "2026-01-01"}
                """).models().get(1);

        assertThat(model.place()).isEqualTo("models[1]");
        assertThat(model.targets())
                .containsExactly(
                        new ModelConfig.TargetConfig("b", "x", 0, 3, Map.of(), Optional.empty()),
                        new ModelConfig.TargetConfig("a", "m", 1, 1, Map.of(), Optional.empty()));
        assertThat(model.fallbacks()).containsExactly("other");
        assertThat(model.maxTokens()).isEqualTo(new ModelConfig.MaxTokens(OptionalLong.of(500), OptionalLong.of(4096)));
        assertThat(model.context()).hasValue(131072);
        assertThat(model.capabilities()).containsExactly("chat", "tools");
        assertThat(model.price())
                .contains(new ModelConfig.Price(
                        "EUR",
                        new BigDecimal("0.67"),
                        Optional.of(new BigDecimal("0.07")),
                        new BigDecimal("1.5"),
                        new MorePrices(Map.of(), List.of(), List.of(), "2026-01-01")));
    }

    @Test
    void how_targets_share_calls_is_read_and_by_default_as_for_all_models() throws IOException {
        DrawbridgeConfig config = config("""
                routing: {strategy: cheapest, pinning: false}
                upstreams: [{name: a, kind: demo}]
                models:
                  - id: m
                    strategy: lowest-latency
                    sticky: prompt-cache-key
                    targets:
                      - {upstream: a, labels: {track: canary, version: 2}, price: {currency: EUR, input: 1}}
                    routes:
                      - {when: {header: x-track, is: canary, percent: 12.5}, to: {version: 2}, failover: true}
                      - {to: {track: canary}}
                  - {id: n, targets: [{upstream: a}]}
                """);
        ModelConfig model = config.models().getFirst();

        assertThat(config.routing()).isEqualTo(new RoutingConfig(Strategy.CHEAPEST, Sticky.NONE, false));
        assertThat(config.models().getLast().routing()).isEqualTo(config.routing());
        assertThat(model.routing())
                .isEqualTo(new RoutingConfig(Strategy.LOWEST_LATENCY, Sticky.PROMPT_CACHE_KEY, false));
        assertThat(model.targets().getFirst().labels()).isEqualTo(Map.of("track", "canary", "version", "2"));
        assertThat(model.targets().getFirst().price())
                .contains(new ModelConfig.Price("EUR", BigDecimal.ONE, BigDecimal.ZERO));
        assertThat(model.routes())
                .containsExactly(
                        new ModelConfig.RouteConfig("x-track", "canary", 12.5, Map.of("version", "2"), true),
                        new ModelConfig.RouteConfig("", "", 100, Map.of("track", "canary"), false));
    }

    @Test
    void the_price_of_cached_tokens_is_that_of_others_where_it_is_not_said() throws IOException {
        assertThat(config(SMALLEST).models().getFirst().price())
                .contains(new ModelConfig.Price("EUR", BigDecimal.ONE, BigDecimal.ZERO));
    }

    @Test
    void blank_settings_are_none_and_endpoint_is_another_word_for_base_url() throws IOException {
        assertThat(config("upstreams: [{name: a, kind: x, base-url: '', api-version: ' ', project-id: ''}]")
                        .upstreams()
                        .getFirst()
                        .settings())
                .isEmpty();
        assertThat(config("upstreams: [{name: a, kind: x, endpoint: https://e}]")
                        .upstreams()
                        .getFirst()
                        .settings())
                .isEqualTo(Map.of("base-url", "https://e"));
    }

    @ParameterizedTest
    @CsvSource({"100B, 100", "1KB, 1024", "64KB, 65536", "32MB, 33554432", "3GB, 3221225472", "0B, 0"})
    void sizes_are_powers_of_1024(String text, long bytes) throws IOException {
        assertThat(config("server: {max-body: " + text + "}").server().maxBody())
                .isEqualTo(bytes);
    }

    @Test
    void the_memory_for_bodies_is_a_quarter_of_the_heap_unless_it_is_given() throws IOException {
        assertThat(config("server: {}").server().bodyMemory())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
        assertThat(config("server: {body-memory: 2MB}").server().bodyMemory()).isEqualTo(2 << 20);
    }

    @Test
    void the_rest_is_read_as_written() throws IOException {
        DrawbridgeConfig config = config("""
                server: {url: "https://llm.example", cors-origins: [], request-log: false}
                catalogs: [a.yaml, /b.yaml]
                retries: {attempts: 1, backoff: 0ms, max-backoff: 1h}
                """);

        assertThat(config.server().url()).contains("https://llm.example");
        assertThat(config.server().corsOrigins()).isEmpty();
        assertThat(config.server().requestLog()).isFalse();
        assertThat(config.catalogs()).containsExactly(Path.of("a.yaml"), Path.of("/b.yaml"));
        assertThat(config.retries().attempts()).isEqualTo(1);
        assertThat(config.retries().backoff()).isZero();
        assertThat(config.retries().maxBackoff()).isEqualTo(Duration.ofHours(1));
    }

    private static DrawbridgeConfig config(String yaml) throws IOException {
        return new ConfigReader(name -> Optional.empty(), List.of()).read(ConfigReader.parseYaml(yaml), "the test");
    }

    /** Writes each default of the schema into the document. */
    private void fill(ObjectNode root, JsonNode schema, ObjectNode document) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode type = resolved(root, property.getValue());
            JsonNode value = document.path(property.getKey());
            if (property.getValue().has("default")) {
                document.set(property.getKey(), property.getValue().get("default"));
                defaults.add(property.getKey());
            } else if (type.has("properties")) {
                ObjectNode inner = value instanceof ObjectNode there ? there : document.objectNode();
                fill(root, type, inner);
                if (!inner.isEmpty()) {
                    document.set(property.getKey(), inner);
                }
            } else if (value instanceof ObjectNode mapping) {
                mapping.forEach(entry -> {
                    if (entry instanceof ObjectNode object) {
                        fill(root, resolved(root, type.path("additionalProperties")), object);
                    }
                });
            } else {
                value.forEach(entry -> {
                    if (entry instanceof ObjectNode object) {
                        fill(root, resolved(root, type.path("items")), object);
                    }
                });
            }
        }
    }

    private static JsonNode resolved(ObjectNode root, JsonNode schema) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static ObjectNode schema() throws IOException {
        try (InputStream in = ConfigBindingTest.class.getResourceAsStream("/schema/drawbridge.json")) {
            return (ObjectNode) new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
