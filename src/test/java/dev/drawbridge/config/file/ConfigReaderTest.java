package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String UPSTREAM = "upstreams: [{name: lab, kind: demo, ";
    private static final String MODEL = "upstreams: [{name: lab, kind: demo}]\nmodels: [{id: m, ";

    @Test
    void all_problems_come_in_one_message_each_with_its_place() {
        assertThat(message("""
                serve: {}
                upstreams:
                  - {name: lab, kind: demo, timeouts: {total: 10 minutes}, max-in-flight: many}
                  - {name: two, kind: demo, apikey: x}
                models:
                  - {id: m}
                retries: {attempts: 0}
                """))
                .startsWith("the test has 6 problems:")
                .contains(
                        "\n  upstreams[0].timeouts.total: \"10 minutes\" is not of the form 500ms, 5s, 10m or 1h",
                        "\n  upstreams[0].max-in-flight: must be a whole number, not text",
                        "\n  upstreams[1].apikey: unknown key; did you mean \"api-key\"?",
                        "\n  models[0].targets: is missing",
                        "\n  retries.attempts: ",
                        "\n  serve: unknown key; did you mean \"server\"?");
    }

    @Test
    void a_single_problem_stands_beside_the_name_of_the_file() {
        assertThat(message("upstreams: [{kind: demo}]")).isEqualTo("the test: upstreams[0].name: is missing");
    }

    @Test
    void names_that_nobody_has_are_reported_with_the_nearest() {
        assertThat(message("""
                upstreams: [{name: lab, kind: demo}, {name: other, kind: demo}]
                models:
                  - {id: a, targets: [{upstream: lab}], fallbacks: [b, llama]}
                  - {id: b, aliases: [lama], targets: [{upstream: lab}, {upstream: zzzzzzzz}]}
                  - {id: c, targets: [{upstream: labb}]}
                """)).isEqualTo("""
                the test has 3 problems:
                  models[0].fallbacks[1]: no model named "llama"; did you mean "lama"?
                  models[1].targets[1].upstream: no upstream named "zzzzzzzz"
                  models[2].targets[0].upstream: no upstream named "labb"; did you mean "lab"?""");
    }

    @Test
    void names_can_be_taken_once() {
        assertThat(message("""
                upstreams: [{name: lab, kind: demo}, {name: lab, kind: demo}]
                models:
                  - {id: a, aliases: [x, a], targets: [{upstream: lab}]}
                  - {id: x, aliases: [y], targets: [{upstream: lab}]}
                  - {id: a, aliases: [y], targets: [{upstream: lab}]}
                """)).isEqualTo("""
                the test has 5 problems:
                  upstreams[1].name: "lab" is taken by another upstream
                  models[0].aliases[1]: "a" is taken by another model
                  models[1].id: "x" is taken by another model
                  models[2].id: "a" is taken by another model
                  models[2].aliases[0]: "y" is taken by another model""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstreams: {}|upstreams: must be a list, not a mapping",
                "server: []|server: must be a mapping, not a list",
                "server: ~|server: must be a mapping, not empty",
                "server: {request-log: 'yes'}|server.request-log: must be true or false, not text",
                "server: {cors-origins: http://x}|server.cors-origins: must be a list, not text",
                "catalogs: [1]|catalogs[0]: must be text, not a number",
                "upstreams: [lab]|upstreams[0]: must be a mapping, not text",
                "upstreams: [{name: [], kind: demo}]|upstreams[0].name: must be text, not a list",
                "upstreams: [{name: a, kind: true}]|upstreams[0].kind: must be text, not true or false",
                "upstreams: [{name: a, kind: demo, max-in-flight: 1.5}]"
                        + "|upstreams[0].max-in-flight: must be a whole number, not a number",
                "[]|must be a mapping, not a list",
                "just words|must be a mapping, not text"
            })
    void a_value_of_the_wrong_type_is_said_to_be_one(String yaml, String problem) {
        assertThat(message(yaml)).isEqualTo("the test: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 s", "s", "-1s", "1.5s", "1d", "''", "5S", "1m30s"})
    void a_duration_has_a_number_and_a_unit(String value) {
        String written = value.equals("5") ? "must be text" : "is not of the form 500ms, 5s, 10m or 1h";

        assertThat(message(UPSTREAM + "timeouts: {idle: " + value + "}}]"))
                .startsWith("the test: upstreams[0].timeouts.idle: ")
                .contains(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'32'", "32mb", "MB", "-1MB", "1.5MB", "32 MB", "1TB", "''"})
    void a_size_has_a_number_and_a_unit(String value) {
        assertThat(message("server: {max-body: " + value + "}"))
                .startsWith("the test: server.max-body: ")
                .contains("is not of the form", "B|KB|MB|GB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets: []|models[0].targets",
                "targets: [{upstream: lab, weight: 0}]|models[0].targets[0].weight",
                "targets: [{upstream: lab, priority: -1}]|models[0].targets[0].priority",
                "targets: [{}]|models[0].targets[0].upstream",
                "targets: [{upstream: lab}], context: 0|models[0].context",
                "targets: [{upstream: lab}], max-tokens: {limit: 0}|models[0].max-tokens.limit",
                "targets: [{upstream: lab}], capabilities: [chatt]|models[0].capabilities[0]",
                "targets: [{upstream: lab}], price: {input: 1}|models[0].price.currency",
                "targets: [{upstream: lab}], price: {currency: eur, input: 1}|models[0].price.currency",
                "targets: [{upstream: lab}], price: {currency: EUR, input: -1}|models[0].price.input",
                "targets: [{upstream: lab}], adaptations: think-tags|models[0].adaptations",
                "targets: [{upstream: lab}], aliases: ['']|models[0].aliases[0]",
                "targets: [{upstream: lab}], strategy: fastest|models[0].strategy",
                "targets: [{upstream: lab}], sticky: user|models[0].sticky",
                "targets: [{upstream: lab, labels: {a: 1}}], routes: [{to: {}}]|models[0].routes[0].to",
                "targets: [{upstream: lab, labels: {a: 1}}], routes: [{to: {a: 2}}]|models[0].routes[0].to",
                "targets: [{upstream: lab}], routes: [{when: {percent: 5}}]|models[0].routes[0].to",
                "targets: [{upstream: lab, labels: {a: 1}}], routes: [{when: {percent: 101}, to: {a: 1}}]"
                        + "|models[0].routes[0].when.percent",
                "targets: [{upstream: lab, labels: {a: 1}}], routes: [{when: {header: x-a}, to: {a: 1}}]"
                        + "|models[0].routes[0].when",
                "targets: [{upstream: lab, labels: {a: 1}}], routes: [{when: {is: x}, to: {a: 1}}]"
                        + "|models[0].routes[0].when"
            })
    void what_makes_no_sense_is_refused_with_its_place(String yaml, String place) {
        assertThat(message(MODEL + yaml + "}]")).startsWith("the test: " + place + ": ");
    }

    @Test
    void an_unknown_key_without_a_near_one_gets_the_known_ones() {
        assertThat(message("retries: {zzzzzzzz: 1}"))
                .isEqualTo(
                        "the test: retries.zzzzzzzz: unknown key; known here are attempts, backoff, max-backoff, hedge,"
                                + " budget");
    }

    @Test
    void a_name_stands_in_logs_and_headers_and_so_has_no_spaces() {
        assertThat(message("upstreams: [{name: 'my lab', kind: demo}]"))
                .startsWith("the test: upstreams[0].name: \"my lab\" is not of the form ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apikey: s3cret",
                "api-key: [s3cret]",
                "api-key: {key: s3cret}",
                "api-key: true",
                "headers: [s3cret]",
                "headers: {x: [s3cret]}",
                "headers: s3cret",
                "max-in-flight: s3cret",
                "discovery: s3cret",
                "tls: s3cret",
                "tls: {trust-store-password: s3cret}",
                "adaptations: s3cret"
            })
    void a_secret_stays_out_of_the_message(String entry) {
        assertThat(message(UPSTREAM + entry + "}]"))
                .startsWith("the test: upstreams[0].")
                .doesNotContain("s3cret");
    }

    @Test
    void a_configuration_prints_without_its_secrets() {
        assertThat(reader().read(
                                yaml(UPSTREAM + "api-key: s3cret, headers: {x-a: s3cret}, "
                                        + "tls: {trust-store: a.p12, trust-store-password: s3cret}}]"),
                                "t")
                        .toString())
                .contains("***")
                .doesNotContain("s3cret");
    }

    @Test
    void nothing_at_all_is_a_valid_configuration() {
        assertThat(reader().read(yaml(""), "t").upstreams()).isEmpty();
        assertThat(reader().read(yaml("# only words\n"), "t").models()).isEmpty();
    }

    @Test
    void the_checks_of_other_packages_join_in() {
        ConfigReader reader = new ConfigReader(
                name -> Optional.empty(),
                List.of(
                        (config, problems) -> problems.add("here", "is one"),
                        (config, problems) -> problems.add("", "another")));

        assertThatThrownBy(() -> reader.read(yaml("models: [{id: a, targets: [{upstream: x}]}]"), "t"))
                .hasMessage("t has 3 problems:\n"
                        + "  models[0].targets[0].upstream: no upstream named \"x\"\n  here: is one\n  another");
    }

    @Test
    void a_file_is_read_and_named_in_the_message(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("my.yaml"), UPSTREAM + "}]");
        assertThat(reader().read(file).upstreams()).hasSize(1);

        Files.writeString(file, "upstreams: [{name: a]");
        assertThatThrownBy(() -> reader().read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": is not YAML (line ");

        Files.writeString(file, "server: {}\nserver: {}\n");
        assertThatThrownBy(() -> reader().read(file)).hasMessageContaining("uplicate");

        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> reader().read(file)).isInstanceOf(ConfigException.class);

        Path missing = dir.resolve("missing.yaml");
        assertThatThrownBy(() -> reader().read(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(missing + ": cannot be read");
    }

    private static String message(String yaml) {
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> reader().read(yaml(yaml), "the test"));
        return String.valueOf(failure.getMessage());
    }

    private static ConfigReader reader() {
        return new ConfigReader(name -> Optional.empty(), List.of());
    }

    private static JsonNode yaml(String text) {
        try {
            return ConfigReader.parseYaml(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
