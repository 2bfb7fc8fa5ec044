package dev.drawbridge.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'role':'developer','content':'Be brief'}",
                "{'role':'system','content':[{'type':'text','text':'Be brief'}]}",
                "{'role':'user','content':''}",
                "{'role':'user','content':'Hi','name':'zoe','x_vendor':[]}",
                "{'role':'user','content':[]}",
                "{'role':'user','content':[{'type':'text','text':''}]}",
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}]}",
                "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}}]}",
                "{'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]}",
                "{'role':'user','content':[{'type':'of_some_vendor','x':1}]}",
                "{'role':'assistant','content':null}",
                "{'role':'assistant'}",
                "{'role':'assistant','content':'Hi','tool_calls':null,'refusal':null,'reasoning_content':'hm'}",
                "{'role':'assistant','content':[{'type':'refusal','refusal':'No'}]}",
                "{'role':'assistant','content':null,'tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}}]}",
                "{'role':'tool','tool_call_id':'a','content':'18 degrees'}",
                "{'role':'function','name':'f','content':null}",
            })
    void messages_of_every_kind_are_taken(String message) {
        assertThatCode(() -> check("[" + message + "]")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'role':'user'} | .content | missing_required_parameter",
                "{'role':'user','content':null} | .content | missing_required_parameter",
                "{'role':'system'} | .content | missing_required_parameter",
                "{'role':'tool','tool_call_id':'a'} | .content | missing_required_parameter",
                "{'role':'tool','content':'x'} | .tool_call_id | missing_required_parameter",
                "{'role':'tool','content':'x','tool_call_id':null} | .tool_call_id | missing_required_parameter",
                "{'role':'tool','content':'x','tool_call_id':1} | .tool_call_id | missing_required_parameter",
                "{'role':'user','content':1} | .content | invalid_type",
                "{'role':'user','content':{}} | .content | invalid_type",
                "{'role':'user','content':['Hi']} | .content[0] | invalid_type",
                "{'role':'user','content':[{'text':'Hi'}]} | .content[0] | invalid_type",
                "{'role':'user','content':[{'type':1}]} | .content[0] | invalid_type",
                "{'role':'user','content':[{'type':'file'},{'type':'text'}]} | .content[1].text | invalid_type",
                "{'role':'user','content':[{'type':'text','text':null}]} | .content[0].text | invalid_type",
                "{'role':'assistant','tool_calls':{}} | .tool_calls | invalid_type",
                "{'role':'usr','content':'Hi'} | .role | invalid_value",
                "{'role':'User','content':'Hi'} | .role | invalid_value",
                "{'role':1,'content':'Hi'} | .role | invalid_value",
                "{'content':'Hi'} | .role | invalid_value",
                "'Hi' | '' | invalid_type",
                "null | '' | invalid_type",
            })
    void what_is_wrong_is_blamed_at_its_place(String message, String place, String code) {
        GatewayException failure = failure("[{'role':'user','content':'Hi'}," + message + "]");

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("messages[1]" + place.replace("'", ""));
        assertThat(failure.code()).contains(code);
        assertThat(failure.message()).contains(failure.param().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "null | missing_required_parameter",
                "[] | invalid_type",
                "'Hi' | invalid_type",
                "{} | invalid_type",
            })
    void there_must_be_messages(String messages, String code) {
        GatewayException failure = failure(messages);

        assertThat(failure.param()).contains("messages");
        assertThat(failure.code()).contains(code);
    }

    @Test
    void a_role_that_is_nearly_right_is_recognised() {
        assertThat(failure("[{'role':'asistant','content':'Hi'}]").message()).endsWith("did you mean assistant?");
    }

    private static void check(String messages) {
        Messages.check(Lab.object("{'model':'m','messages':" + messages + "}"));
    }

    private static GatewayException failure(String messages) {
        return catchThrowableOfType(GatewayException.class, () -> check(messages));
    }
}
