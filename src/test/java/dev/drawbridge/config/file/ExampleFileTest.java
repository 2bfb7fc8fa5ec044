package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.provider.UpstreamCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commented example, which people copy from. */
class ExampleFileTest {
    private static final Path FILE = Path.of("server-config/drawbridge.yaml");

    @Test
    void the_example_runs_as_it_is_and_needs_no_variable() {
        DrawbridgeConfig config = reader(Map.of()).read(FILE);

        assertThat(config.upstreams()).extracting(UpstreamConfig::name).containsExactly("demo");
        assertThat(config.models()).hasSize(1);
    }

    @Test
    void what_the_example_writes_out_are_the_defaults() throws IOException {
        DrawbridgeConfig example = reader(Map.of()).read(FILE);
        DrawbridgeConfig defaults =
                reader(Map.of()).read(ConfigReader.parseYaml("upstreams: [{name: demo, kind: demo}]"), "defaults");

        assertThat(example.server()).isEqualTo(defaults.server());
        assertThat(example.retries()).isEqualTo(defaults.retries());
        assertThat(example.routing()).isEqualTo(defaults.routing());
        assertThat(example.models().getFirst().routing()).isEqualTo(defaults.routing());
        assertThat(example.upstreams().getFirst().timeouts())
                .isEqualTo(defaults.upstreams().getFirst().timeouts());
        assertThat(example.upstreams().getFirst().maxInFlight())
                .isEqualTo(defaults.upstreams().getFirst().maxInFlight());
        assertThat(example.upstreams().getFirst().resilience())
                .isEqualTo(defaults.upstreams().getFirst().resilience());
    }

    @Test
    void every_example_in_it_can_be_used(@TempDir Path dir) throws IOException {
        Path catalog = Files.writeString(dir.resolve("models.yaml"), "models: []\n");
        String trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                .toString();
        String text =
                uncommented().replace("./models.yaml", catalog.toString()).replace("/etc/ssl/lab-ca.pem", trusted);
        Map<String, String> variables = Map.of(
                "OVH_AI_ENDPOINTS_ACCESS_TOKEN",
                "k",
                "SCALEWAY_API_KEY",
                "k",
                "AZURE_OPENAI_API_KEY",
                "k",
                "LAB_TRUST_STORE_PASSWORD",
                "changeit");

        DrawbridgeConfig config = reader(variables).read(ConfigReader.parseYaml(text), "the example");

        assertThat(config.upstreams())
                .extracting(UpstreamConfig::name)
                .containsExactly("demo", "ovh", "scw", "azure", "lab", "gpu");
        assertThat(config.models()).hasSize(3);
        assertThat(config.catalogs()).hasSize(1);
    }

    @Test
    void it_names_every_key_of_the_schema() throws IOException {
        JsonNode schema = schema();
        Set<String> known = new TreeSet<>();
        keys(schema, schema, "", known);
        Set<String> named = new TreeSet<>();
        named(ConfigReader.parseYaml(uncommented()), schema, schema, "", named);

        assertThat(known).hasSizeGreaterThan(60).contains("models[].targets[].weight", "providers.*.auth.prefix");
        assertThat(named).containsAll(known);
    }

    private static String uncommented() throws IOException {
        return Files.readString(FILE).replaceAll("(?m)^#(?=\\S|  )", "");
    }

    private static ConfigReader reader(Map<String, String> variables) {
        return new ConfigReader(name -> Optional.ofNullable(variables.get(name)), List.of(new UpstreamCheck()));
    }

    /** All keys that the schema allows, lists as {@code []}, free names as {@code *}. */
    private static void keys(JsonNode root, JsonNode schema, String place, Set<String> keys) {
        JsonNode type = resolved(root, schema);
        for (Map.Entry<String, JsonNode> property : type.path("properties").properties()) {
            String key = place + (place.isEmpty() ? "" : ".") + property.getKey();
            keys.add(key);
            keys(root, property.getValue(), key, keys);
        }
        if (type.has("items")) {
            keys(root, type.get("items"), place + "[]", keys);
        }
        if (type.path("additionalProperties").isObject()) {
            keys(root, type.get("additionalProperties"), place + ".*", keys);
        }
    }

    /** The keys that a document has, written in the same way. */
    private static void named(JsonNode node, JsonNode root, JsonNode schema, String place, Set<String> keys) {
        JsonNode type = resolved(root, schema);
        node.properties().forEach(field -> {
            boolean known = type.path("properties").has(field.getKey());
            String key = place + (place.isEmpty() ? "" : ".") + (known ? field.getKey() : "*");
            keys.add(key);
            JsonNode inner = known ? type.path("properties").path(field.getKey()) : type.path("additionalProperties");
            named(field.getValue(), root, inner, key, keys);
        });
        if (node.isArray()) {
            node.forEach(element -> named(element, root, type.path("items"), place + "[]", keys));
        }
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = ExampleFileTest.class.getResourceAsStream("/schema/drawbridge.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
