package dev.drawbridge.adaptation;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
    private static final String A = "{'role': 'user', 'content': 'a'}";
    private static final String ANSWER = "{'role': 'assistant', 'content': 'x'}";

    @ParameterizedTest
    @CsvSource({"system, developer", "developer, system"})
    void instructions_get_the_role_that_the_target_knows(String known, String other) {
        Adapted adapted = Adapted.messages(
                "{'developer-role': '" + known + "'}",
                "[{'role': '" + other + "', 'content': 'x', 'name': 'n'}, " + A + ", {'role': '" + known
                        + "', 'content': 'y'}]");

        assertThat(adapted.json())
                .isEqualTo(json("[{'role': '" + known + "', 'content': 'x', 'name': 'n'}, " + A + ", {'role': '" + known
                        + "', 'content': 'y'}]"));
        assertThat(adapted.report()).containsExactly("role:" + other + "=" + known + "(renamed)");
    }

    @Test
    void tool_messages_keep_their_role() {
        Adapted adapted = Adapted.messages(
                "{'developer-role': 'system'}", "[{'role': 'tool', 'content': 'x', 'tool_call_id': 'c'}]");

        assertThat(adapted.json()).isEqualTo(json("[{'role': 'tool', 'content': 'x', 'tool_call_id': 'c'}]"));
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void all_instructions_are_joined_at_the_beginning() {
        Adapted adapted = Adapted.messages("'system-first'", """
                [{'role': 'user', 'content': 'a'}, {'role': 'system', 'content': 'one'},
                 {'role': 'assistant', 'content': 'x'}, {'role': 'developer', 'content': 'two'}]""");

        assertThat(adapted.json())
                .isEqualTo(json("[{'role': 'system', 'content': 'one\\n\\ntwo'}, " + A + ", " + ANSWER + "]"));
        assertThat(adapted.report()).containsExactly("messages=system(moved to the front)");
    }

    @Test
    void instructions_that_follow_each_other_at_the_beginning_are_joined() {
        assertThat(Adapted.messages("'system-first'", """
                        [{'role': 'system', 'content': 'one'}, {'role': 'system', 'content': 'two'},
                         {'role': 'user', 'content': 'a'}]""").json())
                .isEqualTo(json("[{'role': 'system', 'content': 'one\\n\\ntwo'}, " + A + "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{'role': 'user', 'content': 'a'}]",
                "[{'role': 'system', 'content': 's'}, {'role': 'user', 'content': 'a'}]"
            })
    void what_is_in_order_stays(String messages) {
        for (String rule : new String[] {"'system-first'", "'merge-roles'"}) {
            Adapted adapted = Adapted.messages(rule, messages);

            assertThat(adapted.json()).isEqualTo(json(messages));
            assertThat(adapted.report()).isEmpty();
        }
    }

    @Test
    void neighbours_of_one_role_are_merged() {
        Adapted adapted = Adapted.messages("'merge-roles'", """
                [{'role': 'user', 'content': 'a'}, {'role': 'user', 'content': 'b'}, {'role': 'user', 'content': 'c'},
                 {'role': 'assistant', 'content': 'x'}, {'role': 'assistant', 'content': 'y'},
                 {'role': 'user', 'content': 'd'}]""");

        assertThat(adapted.json()).isEqualTo(json("""
                [{'role': 'user', 'content': 'a\\n\\nb\\n\\nc'}, {'role': 'assistant', 'content': 'x\\n\\ny'},
                 {'role': 'user', 'content': 'd'}]"""));
        assertThat(adapted.report()).containsExactly("messages=3(merged)");
    }

    @Test
    void texts_and_parts_are_merged_to_parts() {
        assertThat(Adapted.messages("'merge-roles'", """
                        [{'role': 'user', 'content': 'a'},
                         {'role': 'user', 'content': [{'type': 'image_url', 'image_url': {'url': 'u'}}]},
                         {'role': 'user', 'content': 'b'}]""").json()).isEqualTo(json("""
                [{'role': 'user', 'content': [{'type': 'text', 'text': 'a'},
                  {'type': 'image_url', 'image_url': {'url': 'u'}}, {'type': 'text', 'text': 'b'}]}]"""));
    }

    @Test
    void tools_and_their_results_stay_apart() {
        String messages = """
                [{'role': 'assistant', 'content': 'x'}, {'role': 'assistant', 'tool_calls': [{'id': 'c'}]},
                 {'role': 'assistant', 'content': 'y'}, {'role': 'tool', 'tool_call_id': 'c', 'content': '1'},
                 {'role': 'tool', 'tool_call_id': 'd', 'content': '2'}]""";

        assertThat(Adapted.messages("'merge-roles'", messages).json()).isEqualTo(json(messages));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'developer-role': 'system'}",
                "'system-first'",
                "'merge-roles'",
                "'image-urls-in-text'",
                "'tool-content'",
                "'tool-call-ids'"
            })
    void a_request_without_messages_stays_the_same(String rule) {
        Adaptation adaptation = AdaptationRules.rule(json(rule));
        for (ModelRequest request : new ModelRequest[] {
            new ChatRequest(object("{'messages': 'none'}")),
            new CompletionRequest(object("{'prompt': 'https://h/a.png'}"))
        }) {
            Adapted adapted = Adapted.of(adaptation, request, Adapted.NOTHING_KNOWN);

            assertThat(adapted.json()).isEqualTo(request.json());
            assertThat(adapted.report()).isEmpty();
        }
    }
}
