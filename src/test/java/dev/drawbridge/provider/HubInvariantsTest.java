package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the checker sees what it is there to see. */
class HubInvariantsTest {
    private static final String ROLE = "[{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':null}]";
    private static final String TEXT = "[{'index':0,'delta':{'content':'Hi'},'finish_reason':null}]";
    private static final String STOP = "[{'index':0,'delta':{},'finish_reason':'stop'}]";
    private static final String CALL =
            "[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'f','arguments':''}}]},"
                    + "'finish_reason':null}]";

    @Test
    void a_stream_in_the_hubs_form_breaks_no_promise() {
        assertThat(broken(chunk(ROLE), chunk(TEXT), chunk(STOP), usage())).isEmpty();
        assertThat(broken(chunk(ROLE), chunk(CALL), chunk(STOP.replace("stop", "tool_calls"))))
                .isEmpty();
        assertThat(broken(
                        chunk(ROLE),
                        chunk(ROLE.replace("'index':0", "'index':1")),
                        chunk(STOP),
                        chunk(STOP.replace("'index':0", "'index':1"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'id':'x'|'id':''|no id",
                "'id':'x'|'id':'y'|another id",
                "'created':1|'created':2|another created",
                "'created':1|'created':null|no created",
                "chat.completion.chunk|chat.completion|no object of the hub's",
                "'id':'x'|'id':'x','error':null|an error in a chunk",
                "'delta':{'content':'Hi'}|'delta':null|delta is no object",
                "'delta':{'content':'Hi'}|'delta':{'role':'assistant'}|a role again",
                "'finish_reason':null|'finish_reason':'stop'|something follows the finish reason",
                "'finish_reason':null|'finish_reason':'eos'|a finish reason that OpenAI does not have",
                "'finish_reason':null|'x':null|finish_reason is neither null nor text",
                "'id':'x'|'id':'x','usage':{}|usage stands beside choices",
            })
    void a_chunk_that_breaks_a_promise_is_found(String right, String wrong, String words) {
        assertThat(broken(chunk(ROLE), chunk(TEXT).replace(right, wrong), chunk(STOP), usage()))
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'index':0,'id':'a'|'index':1,'id':'a'|indexes of tool calls do not ascend from 0",
                "'index':0,'id':'a'|'id':'a'|indexes of tool calls do not ascend from 0",
                "'id':'a',|''|a tool call without id",
                "'type':'function',|''|a tool call without type",
                "'name':'f',|''|a tool call without name",
                "'arguments':''|'arguments':{}|arguments are no text",
            })
    void a_tool_call_that_breaks_a_promise_is_found(String right, String wrong, String words) {
        String call = chunk(CALL).replace(right, wrong.equals("''") ? "" : wrong);

        assertThat(broken(chunk(ROLE), call, chunk(STOP.replace("stop", "tool_calls"))))
                .contains(words);
    }

    @Test
    void a_name_again_is_found_and_so_is_stop_after_tools() {
        assertThat(broken(chunk(ROLE), chunk(CALL), chunk(CALL), chunk(STOP)))
                .containsExactly("id, type or name of a tool call again", "tool calls end with stop");
    }

    @Test
    void an_end_that_is_none_is_found() {
        assertThat(broken(chunk(ROLE), chunk(TEXT))).containsExactly("no finish reason");
        assertThat(broken(chunk(ROLE), chunk(STOP), usage(), usage())).containsExactly("something follows the usage");
        assertThat(broken(chunk(ROLE), chunk(STOP), chunk("[]")))
                .containsExactly("a chunk has neither choices nor usage");
        assertThat(broken(usage())).containsExactly("no choice at all");
        assertThat(broken(chunk(TEXT), chunk(STOP))).containsExactly("the first delta has no role");
    }

    private static String chunk(String choices) {
        return "{'id':'x','object':'chat.completion.chunk','created':1,'choices':" + choices + "}";
    }

    private static String usage() {
        return chunk("[],'usage':{'total_tokens':1}");
    }

    private static List<String> broken(String... chunks) {
        return HubInvariants.broken(Stream.of(chunks).<JsonNode>map(Lab::json).toList());
    }
}
