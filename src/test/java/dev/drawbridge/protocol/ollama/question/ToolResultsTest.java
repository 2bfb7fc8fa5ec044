package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import org.junit.jupiter.api.Test;

/** Tools that were called, and what they answered: Ollama's clients say less of it than OpenAI's. */
class ToolResultsTest {
    private static final String CALLS = "{'role':'assistant','content':'','tool_calls':["
            + "{'function':{'name':'weather','arguments':{'city':'Paris'}}},"
            + "{'function':{'name':'time','arguments':{}}}]}";

    @Test
    void calls_get_ids_and_arguments_as_text() {
        assertThat(Asked.messages("[" + CALLS + "]").path(0))
                .isEqualTo(Lab.json("{'role':'assistant','content':null,"
                        + "'tool_calls':[{'id':'call_00000001','type':'function','function':{'name':'weather',"
                        + "'arguments':'{\\'city\\':\\'Paris\\'}'}},"
                        + "{'id':'call_00000002','type':'function','function':{'name':'time','arguments':'{}'}}]}"));
    }

    @Test
    void results_that_say_nothing_are_paired_by_order() {
        JsonNode messages =
                Asked.messages("[" + CALLS + ",{'role':'tool','content':'21'},{'role':'tool','content':'noon'}]");
        assertThat(messages.path(1))
                .isEqualTo(Lab.json("{'role':'tool','content':'21','tool_call_id':'call_00000001'}"));
        assertThat(messages.path(2).path("tool_call_id").asText()).isEqualTo("call_00000002");
    }

    @Test
    void results_that_name_their_tool_are_paired_by_name() {
        JsonNode messages = Asked.messages(
                "[" + CALLS
                        + ",{'role':'tool','tool_name':'time','content':'noon'},{'role':'tool','name':'weather','content':'21'}]");
        assertThat(messages.path(1).path("tool_call_id").asText()).isEqualTo("call_00000002");
        assertThat(messages.path(2).path("tool_call_id").asText()).isEqualTo("call_00000001");
    }

    @Test
    void ids_of_the_client_stay() {
        JsonNode messages = Asked.messages("[{'role':'assistant','content':'Wait.','tool_calls':["
                + "{'id':'a','function':{'name':'f','arguments':{}}},{'id':'b','function':{'name':'f'}}]},"
                + "{'role':'tool','tool_call_id':'b','content':'2'},{'role':'tool','tool_call_id':'a','content':'1'}]");
        assertThat(messages.path(0).path("content").asText()).isEqualTo("Wait.");
        assertThat(messages.path(1).path("tool_call_id").asText()).isEqualTo("b");
        assertThat(messages.path(2).path("tool_call_id").asText()).isEqualTo("a");
    }

    @Test
    void calls_of_several_turns_are_paired_turn_by_turn() {
        String turn = CALLS + ",{'role':'tool','content':'1'},{'role':'tool','content':'2'}";
        JsonNode messages = Asked.messages("[" + turn + "," + turn + "]");
        assertThat(messages.path(3).path("tool_calls").path(0).path("id").asText())
                .isEqualTo("call_00000003");
        assertThat(messages.path(5).path("tool_call_id").asText()).isEqualTo("call_00000004");
    }

    @Test
    void a_result_that_nobody_asked_for_is_the_users_word() {
        assertThat(Asked.messages("[{'role':'tool','content':'21'}]").path(0))
                .isEqualTo(Lab.json("{'role':'user','content':'21'}"));
    }
}
