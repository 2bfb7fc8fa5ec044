package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'tool-content'|, 'content': null",
                "{'tool-content': null}|, 'content': null",
                "{'tool-content': 'null'}|, 'content': null",
                "{'tool-content': ''}|, 'content': ''",
                "{'tool-content': 'omit'}|"
            },
            quoteCharacter = '`')
    void a_message_that_only_calls_tools_says_nothing_in_the_targets_way(String rule, @Nullable String content) {
        String expected =
                "[{'role': 'assistant', 'tool_calls': [{'id': 'c'}]" + (content == null ? "" : content) + "}]";
        for (String before : new String[] {"", ", 'content': null", ", 'content': ''"}) {
            Adapted adapted =
                    Adapted.messages(rule, "[{'role': 'assistant', 'tool_calls': [{'id': 'c'}]" + before + "}]");

            assertThat(adapted.json()).as(before).isEqualTo(json(expected));
            assertThat(adapted.report()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'tool-content': null}", "{'tool-content': ''}", "{'tool-content': 'omit'}"})
    void words_and_other_messages_stay(String rule) {
        String messages = """
                [{'role': 'assistant', 'content': 'I look it up', 'tool_calls': [{'id': 'c'}]},
                 {'role': 'tool', 'tool_call_id': 'c', 'content': ''}, {'role': 'assistant', 'content': null},
                 {'role': 'user', 'content': ''}]""";

        assertThat(Adapted.messages(rule, messages).json()).isEqualTo(json(messages));
    }

    @Test
    void ids_of_calls_become_nine_letters_and_digits_and_still_fit_their_results() {
        JsonNode messages = Adapted.messages("'tool-call-ids'", """
                [{'role': 'assistant', 'content': null, 'tool_calls': [
                   {'id': 'call_a-long-one', 'type': 'function', 'function': {'name': 'f', 'arguments': '{}'}},
                   {'id': 'call_another', 'type': 'function', 'function': {'name': 'g', 'arguments': '{}'}}]},
                 {'role': 'tool', 'tool_call_id': 'call_a-long-one', 'content': '1'},
                 {'role': 'tool', 'tool_call_id': 'call_another', 'content': '2'}]""").json();
        String first = messages.at("/0/tool_calls/0/id").asText();
        String second = messages.at("/0/tool_calls/1/id").asText();

        assertThat(first).matches("[A-Za-z0-9]{9}").isNotEqualTo(second);
        assertThat(second).matches("[A-Za-z0-9]{9}");
        assertThat(messages.at("/1/tool_call_id").asText()).isEqualTo(first);
        assertThat(messages.at("/2/tool_call_id").asText()).isEqualTo(second);
        assertThat(messages.at("/0/tool_calls/0/function/name").asText()).isEqualTo("f");
    }

    @Test
    void an_id_has_the_same_short_form_in_every_call() {
        assertThat(shortened("call_123")).isEqualTo(shortened("call_123")).isNotEqualTo(shortened("call_124"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcDEF123", "000000000"})
    void an_id_of_the_right_form_stays(String id) {
        assertThat(shortened(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcDEF12", "abcDEF1234", "abc-EF123", "é23456789", "x"})
    void any_other_id_is_changed(String id) {
        assertThat(shortened(id)).isNotEqualTo(id).matches("[A-Za-z0-9]{9}");
    }

    @Test
    void messages_without_calls_stay() {
        String messages = "[{'role': 'user', 'content': 'a'}, {'role': 'tool', 'tool_call_id': null, 'content': 'b'}]";

        assertThat(Adapted.messages("'tool-call-ids'", messages).json()).isEqualTo(json(messages));
    }

    private static String shortened(String id) {
        return Adapted.messages("'tool-call-ids'", "[{'role': 'tool', 'tool_call_id': '" + id + "'}]")
                .json()
                .at("/0/tool_call_id")
                .asText();
    }
}
