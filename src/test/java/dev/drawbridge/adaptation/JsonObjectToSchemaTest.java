package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectToSchemaTest {
    private static final String S = "{'name': 'city', 'schema': {'type': 'object', 'required': ['zip']}}";

    @Test
    void without_a_schema_any_object_will_do() {
        Adapted adapted = adapted("{'model': 'q', 'response_format': {'type': 'json_object'}}");

        assertThat(adapted.json()).isEqualTo(json("""
                {'model': 'q', 'response_format':
                  {'type': 'json_schema', 'json_schema': {'name': 'response', 'schema': {'type': 'object'}}}}"""));
        assertThat(adapted.report()).containsExactly("response_format=json_schema(from json_object)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'response_format': {'type': 'json_object'}, 'json_schema': $S}|from json_object",
                "{'response_format': {'type': 'json_object', 'json_schema': $S}}|from json_object",
                "{'response_format': {'type': 'json_object', 'json_schema': $S}, 'json_schema': {'name': 'other'}}"
                        + "|from json_object",
                "{'response_format': {'type': 'json_schema'}, 'json_schema': $S}|schema moved inside",
                "{'response_format': {'type': 'json_schema', 'json_schema': null}, 'json_schema': $S}"
                        + "|schema moved inside"
            })
    void a_schema_that_came_along_is_used_where_it_belongs(String request, String report) {
        Adapted adapted = adapted(request.replace("$S", S));

        assertThat(adapted.json())
                .isEqualTo(json("{'response_format': {'type': 'json_schema', 'json_schema': " + S + "}}"));
        assertThat(adapted.report()).containsExactly("response_format=json_schema(" + report + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'response_format': {'type': 'text'}}",
                "{'response_format': null}",
                "{'response_format': {'type': 'json_schema', 'json_schema': {'name': 'a'}}}",
                "{'response_format': {'type': 'text'}, 'json_schema': {'name': 'a'}}",
                "{'response_format': 'json_object'}",
                "{'response_format': {'type': 'json_schema'}}"
            })
    void anything_else_stays(String request) {
        Adapted adapted = adapted(request);

        assertThat(adapted.json()).isEqualTo(json(request));
        assertThat(adapted.report()).isEmpty();
    }

    private static Adapted adapted(String request) {
        return Adapted.chat("'json-object-to-schema'", request);
    }
}
