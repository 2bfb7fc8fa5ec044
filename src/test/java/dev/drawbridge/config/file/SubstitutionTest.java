package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
    private static final Map<String, String> VALUES = Map.of(
            "A", "alpha",
            "DIGITS", "64",
            "ZEROS", "0123",
            "LONG", "1234567890123456789",
            "YES", "true",
            "REFERENCE", "${A}",
            "DOLLAR", "a$1\\b",
            "STRUCTURE", "x\n  kind: demo, evil: [1]",
            "dotted.name-2", "dots");

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A}|\"alpha\"",
                "${A:beta}|\"alpha\"",
                "${A:}|\"alpha\"",
                "${UNSET:beta}|\"beta\"",
                "${UNSET:}|\"\"",
                "${UNSET: two words }|\" two words \"",
                "${UNSET:https://host:80/v1}|\"https://host:80/v1\"",
                "https://${A}/v1|\"https://alpha/v1\"",
                "${A}${A}|\"alphaalpha\"",
                "a ${A} b ${UNSET:c} d|\"a alpha b c d\"",
                "${dotted.name-2}|\"dots\"",
                "${DOLLAR}|\"a$1\\\\b\"",
                "<${DOLLAR}>|\"<a$1\\\\b>\"",
                "${REFERENCE}|\"${A}\"",
                "${}|\"${}\"",
                "${1A}|\"${1A}\"",
                "$A|\"$A\"",
                "${A|\"${A\""
            })
    void variables_are_put_in_place(String text, String json) {
        assertThat(value(text)).hasToString(json);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${DIGITS}|64",
                "${UNSET:-7}|-7",
                "${UNSET:0}|0",
                "${YES}|true",
                "${UNSET:false}|false",
                "${ZEROS}|\"0123\"",
                "${LONG}|\"1234567890123456789\"",
                "${UNSET:-0}|\"-0\"",
                "${UNSET:1.5}|\"1.5\"",
                "${UNSET:True}|\"True\"",
                "x${DIGITS}|\"x64\"",
                "${DIGITS}${DIGITS}|\"6464\""
            })
    void a_value_that_is_one_variable_takes_the_type_that_it_reads_as(String text, String json) {
        assertThat(value(text)).hasToString(json);
    }

    @Test
    void values_everywhere_are_replaced_and_keys_never() {
        assertThat(apply("{a: [1, '${A}', {b: '${A}'}], '${A}': null, c: true}"))
                .hasToString("{\"a\":[1,\"alpha\",{\"b\":\"alpha\"}],\"${A}\":null,\"c\":true}");
    }

    @Test
    void each_missing_variable_is_a_problem_with_its_place() {
        apply("upstreams: [{api-key: '${NO_SUCH}', headers: {x-a: 'a ${NOR_THIS} ${A} ${NO_SUCH}'}}]");

        assertThat(problems.all())
                .containsExactly(
                        "upstreams[0].api-key: the variable NO_SUCH is not set (${NO_SUCH:} would allow that)",
                        "upstreams[0].headers.x-a: the variable NOR_THIS is not set (${NOR_THIS:} would allow that)",
                        "upstreams[0].headers.x-a: the variable NO_SUCH is not set (${NO_SUCH:} would allow that)");
    }

    @Test
    void a_value_cannot_change_the_structure() {
        JsonNode document = apply("{name: '${STRUCTURE}', kind: openai}");

        assertThat(document.size()).isEqualTo(2);
        assertThat(document.path("name").textValue()).isEqualTo("x\n  kind: demo, evil: [1]");
        assertThat(document.path("kind").textValue()).isEqualTo("openai");
    }

    @Test
    void the_document_itself_is_not_changed() {
        JsonNode document = yaml("{a: ['${A}']}");
        new Substitution(name -> Optional.of("changed"), problems).apply(document, "");

        assertThat(document).isEqualTo(yaml("{a: ['${A}']}"));
    }

    @ParameterizedTest
    @CsvSource({"123456, 123456", "0123, 0123", "98765432109876543210, 98765432109876543210", "-5, -5"})
    void a_key_of_digits_stays_as_it_is(String key, String expected) {
        ConfigReader reader = new ConfigReader(name -> Optional.of(key), List.of());

        assertThat(reader.read(yaml("upstreams: [{name: a, kind: openai, api-key: '${K}'}]"), "t")
                        .upstreams()
                        .getFirst()
                        .apiKey()
                        .reveal())
                .isEqualTo(expected);
    }

    @Test
    void a_number_may_come_from_a_variable() {
        ConfigReader reader = new ConfigReader(name -> Optional.of("64"), List.of());

        assertThat(reader.read(yaml("upstreams: [{name: a, kind: demo, max-in-flight: '${SLOTS}'}]"), "t")
                        .upstreams()
                        .getFirst()
                        .maxInFlight())
                .isEqualTo(64);
    }

    private JsonNode value(String text) {
        return apply("{v: '" + text + "'}").path("v");
    }

    private JsonNode apply(String yaml) {
        return new Substitution(name -> Optional.ofNullable(VALUES.get(name)), problems).apply(yaml(yaml), "");
    }

    private static JsonNode yaml(String text) {
        try {
            return ConfigReader.parseYaml(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
