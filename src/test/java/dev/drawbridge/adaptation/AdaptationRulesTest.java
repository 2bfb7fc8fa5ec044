package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptationRulesTest {
    /** Something for every rule to do. */
    private static final String REQUEST = """
            {'model': 'm', 'max_tokens': 9999, 'seed': 1, 'logit_bias': {'1': 2}, 'user': 'u', 'json_schema': {'name': 's'},
             'response_format': {'type': 'json_object'}, 'messages': [
               {'role': 'user', 'content': 'See https://h/a.png'}, {'role': 'user', 'content': [{'type': 'text', 'text': 'b'}]},
               {'role': 'developer', 'content': 'x'}, {'role': 'system', 'content': 'y'},
               {'role': 'assistant', 'content': '', 'tool_calls': [{'id': 'call_1', 'function': {'name': 'f'}}]},
               {'role': 'tool', 'tool_call_id': 'call_1', 'content': '1'}]}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drop|{'drop': ['user', 'logit_bias']}",
                "keep-only|{'keep-only': ['model', 'messages']}",
                "rename|{'rename': {'seed': 'random_seed'}}",
                "max-tokens-field|{'max-tokens-field': 'max_completion_tokens'}",
                "developer-role|{'developer-role': 'system'}",
                "system-first|'system-first'",
                "merge-roles|'merge-roles'",
                "tool-content|{'tool-content': 'omit'}",
                "tool-call-ids|'tool-call-ids'",
                "json-object-to-schema|'json-object-to-schema'",
                "image-urls-in-text|'image-urls-in-text'"
            })
    void a_rule_changes_the_request_for_the_target_and_never_the_callers(String name, String written) {
        ModelRequest request = new ChatRequest(object(REQUEST));
        ObjectNode before = request.json().deepCopy();

        ModelRequest adapted = AdaptationRules.rule(json(written)).request(request, new Context(Adapted.NOTHING_KNOWN));

        assertThat(AdaptationRules.names()).contains(name);
        assertThat(adapted.json()).isNotEqualTo(before);
        assertThat(request.json()).isEqualTo(before);
    }

    @Test
    void the_rule_that_is_always_on_does_not_change_the_callers_request_either() {
        Adapted adapted = Adapted.of(new MaxTokens(), new ChatRequest(object(REQUEST)), Adapted.facts(0, 500, 1000));

        assertThat(adapted.json().path("max_tokens").asInt()).isEqualTo(1000);
    }

    @Test
    void rules_that_follow_each_other_leave_the_callers_request_alone() {
        ModelRequest request = new ChatRequest(object(REQUEST));
        ModelRequest adapted = request;
        Context context = new Context(Adapted.NOTHING_KNOWN);
        for (String rule : new String[] {
            "{'developer-role': 'system'}",
            "'system-first'",
            "'image-urls-in-text'",
            "'merge-roles'",
            "'tool-call-ids'",
            "{'drop': ['user']}"
        }) {
            adapted = AdaptationRules.rule(json(rule)).request(adapted, context);
        }

        assertThat(adapted.json().path("messages")).hasSize(4);
        assertThat(context.report())
                .containsExactly(
                        "role:developer=system(renamed)",
                        "messages=system(moved to the front)",
                        "image_url=1(from text)",
                        "messages=4(merged)",
                        "dropped=user");
        assertThat(request.json()).isEqualTo(object(REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'nope'",
                "{'nope': []}",
                "{'drop': 'user'}",
                "'drop'",
                "{'rename': ['a']}",
                "'refuse'",
                "{'developer-role': 'user'}",
                "'developer-role'",
                "{'max-tokens-field': 5}",
                "{'tool-content': 'none'}",
                "{'think-tags': 'closed'}"
            })
    void a_rule_that_makes_no_sense_is_refused(String written) {
        assertThatThrownBy(() -> AdaptationRules.rule(json(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("write .*|no adaptation named \"nope\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'think-tags'|think-tags", "{'drop': ['a']}|drop"})
    void a_rule_is_written_as_its_name_or_with_parameters(String written, String name) {
        assertThat(AdaptationRules.name(json(written))).isEqualTo(name);
    }
}
