package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Problems;
import dev.drawbridge.config.file.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of facts that are shipped: whether they keep their form, and fit each other. */
class CatalogFilesTest {
    private static final Set<String> PLACEHOLDERS =
            Set.of("{path}", "{model}", "{base-url}", "{project-id}", "{api-version}", "{host}");
    private static final Set<String> RULES = Set.of(
            "drop",
            "keep-only",
            "rename",
            "refuse",
            "max-tokens-field",
            "developer-role",
            "json-object-to-schema",
            "image-urls-in-text",
            "think-tags",
            "merge-roles",
            "system-first",
            "tool-content",
            "tool-call-ids");

    private final JsonNode providers = catalog("providers.yaml");
    private final JsonNode models = catalog("models.yaml").path("models");

    @Test
    void providers_follow_the_schema_of_the_configuration() {
        JsonNode document = new ObjectMapper().createObjectNode().set("providers", providers);

        assertThat(problems("drawbridge.json", document)).isEmpty();
        assertThat(providers).isNotEmpty();
    }

    @Test
    void models_follow_their_schema() {
        assertThat(problems("models.json", catalog("models.yaml"))).isEmpty();
        assertThat(models).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adaptations", "price", "max-tokens", "capability"})
    void the_catalogue_and_the_configuration_write_a_fact_in_the_same_form(String definition) {
        assertThat(json("/schema/models.json").at("/$defs/" + definition))
                .isEqualTo(json("/schema/drawbridge.json").at("/$defs/" + definition))
                .isNotEmpty();
    }

    @Test
    void no_two_models_share_an_id_or_an_alias_in_any_spelling() {
        List<String> names = new ArrayList<>();
        for (JsonNode model : models) {
            names.add(model.path("id").asText().toLowerCase(Locale.ROOT));
            model.path("aliases").forEach(alias -> names.add(alias.asText().toLowerCase(Locale.ROOT)));
        }

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void no_two_models_share_a_name_at_one_provider() {
        List<String> names = new ArrayList<>();
        for (JsonNode model : models) {
            for (Map.Entry<String, JsonNode> place : model.path("at").properties()) {
                names.add(place.getKey() + ": " + place.getValue().path("model").asText());
            }
        }

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void models_are_at_known_providers() {
        for (JsonNode model : models) {
            assertThat(model.path("at").properties())
                    .as(model.path("id").asText())
                    .isNotEmpty()
                    .allMatch(place -> providers.has(place.getKey()));
        }
    }

    @Test
    void an_answer_fits_into_the_context() {
        for (JsonNode model : models) {
            assertThat(model.at("/max-tokens/limit").asInt(0))
                    .as(model.path("id").asText())
                    .isLessThanOrEqualTo(model.path("context").asInt(Integer.MAX_VALUE));
        }
    }

    @Test
    void models_with_a_host_of_their_own_have_it() {
        JsonNode hosts = providers.at("/ovhcloud-legacy/hosts");
        for (JsonNode model : models) {
            JsonNode place = model.at("/at/ovhcloud-legacy");
            assertThat(place.isMissingNode() || hosts.has(place.path("model").asText()))
                    .as(model.path("id").asText())
                    .isTrue();
        }
    }

    @Test
    void url_templates_have_only_known_placeholders() {
        assertThat(providers.findValues("urls").stream()
                        .flatMap(JsonNode::valueStream)
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allSatisfy(url ->
                        assertThat(placeholders(url)).isSubsetOf(PLACEHOLDERS).contains("{path}"));
    }

    @Test
    void adaptations_are_rules_that_exist() {
        Stream<JsonNode> lists =
                Stream.concat(providers.findValues("adaptations").stream(), models.findValues("adaptations").stream());

        assertThat(lists.flatMap(JsonNode::valueStream).map(CatalogFilesTest::rule))
                .isNotEmpty()
                .isSubsetOf(RULES);
    }

    private static String rule(JsonNode entry) {
        return entry.isTextual() ? entry.asText() : entry.fieldNames().next();
    }

    private static List<String> placeholders(String url) {
        return Pattern.compile("\\{[^}]*}")
                .matcher(url)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> problems(String schema, JsonNode document) {
        Problems problems = new Problems();
        new SchemaCheck(schema).check(document, problems);
        return problems.all();
    }

    private static JsonNode catalog(String file) {
        try {
            return ConfigReader.parseYaml(text("/catalog/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String resource) {
        try {
            return new ObjectMapper().readTree(text(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = CatalogFilesTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
