package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.protocol.ollama.answer.TextForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatQuestionTest {

    @Test
    void a_conversation_is_the_hubs_and_streamed_unless_told_not_to() {
        assertThat(Asked.chat("""
                {'model':'m','messages':[{'role':'system','content':'Be short.'},{'role':'User','content':'Hi'},
                 {'role':'assistant','content':'Hello','thinking':'hm'},{'role':'user','content':'Bye'}]}""")).isEqualTo(Lab.json("""
                {'model':'m','messages':[{'role':'system','content':'Be short.'},{'role':'user','content':'Hi'},
                 {'role':'assistant','content':'Hello'},{'role':'user','content':'Bye'}],'stream':true}"""));
        assertThat(Asked.with("'stream':false").path("stream").asBoolean(true)).isFalse();
    }

    @Test
    void the_clients_own_document_goes_along_untouched() {
        ObjectNode document =
                Lab.object("{'messages':[{'role':'user','content':'Hi'}],'metadata':{'a':1},'truncate':true}");
        ModelRequest request = Asked.request(ChatQuestion.read(document, Asked.UNKNOWN));
        assertThat(request.original()).contains(new Original("ollama/chat", document));
        assertThat(request.json().has("metadata")).isFalse();
        assertThat(request.json().has("truncate")).isFalse();
    }

    @Test
    void images_become_data_uris_of_their_sniffed_type() {
        assertThat(Asked.messages("[{'role':'user','content':'What?','images':['" + Asked.PNG + "']}]")
                        .path(0)
                        .path("content"))
                .isEqualTo(Lab.json("[{'type':'text','text':'What?'},{'type':'image_url','image_url':{'url':"
                        + "'data:image/png;base64," + Asked.PNG + "'}}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "/9j/4AAQSkZJRg==, image/jpeg",
        "R0lGODlhAQABAAAAACw=, image/gif",
        "UklGRgAAAABXRUJQVlA4IA==, image/webp",
        "iVBORw0KGgo=, image/png"
    })
    void the_first_bytes_tell_the_type(String base64, String type) {
        assertThat(Asked.messages("[{'role':'user','images':['" + base64 + "']}]")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("image_url")
                        .path("url")
                        .asText())
                .isEqualTo("data:" + type + ";base64," + base64);
    }

    @Test
    void sound_among_the_images_is_sound() {
        assertThat(Asked.messages("[{'role':'user','images':['UklGRgAAAABXQVZFZm10IA==']}]")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("input_audio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'aGVsbG8gd29ybGQ='", "'not base64!'", "'data:image/png;base64,iVBORw0KGgo='", "7"})
    void what_is_no_image_is_refused(String image) {
        assertThat(Asked.refusal(ChatQuestion::read, "{'messages':[{'role':'user','images':[" + image + "]}]}"))
                .startsWith("\"messages[0].images[0]\" must be ");
    }

    @Test
    void tools_are_passed_on() {
        String tool = "{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'}}}";
        assertThat(Asked.with("'tools':[" + tool + "]").path("tools")).isEqualTo(Lab.json("[" + tool + "]"));
        assertThat(Asked.with("'tools':[]").has("tools")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "schema"})
    void formats_are_response_formats(String kind) {
        if (kind.equals("json")) {
            assertThat(Asked.with("'format':'json'").path("response_format"))
                    .isEqualTo(Lab.json("{'type':'json_object'}"));
        } else {
            assertThat(Asked.with("'format':{'type':'object'}").path("response_format"))
                    .isEqualTo(Lab.json("{'type':'json_schema','json_schema':{'name':'response','strict':false,"
                            + "'schema':{'type':'object'}}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "null"})
    void no_format_is_no_response_format(String format) {
        assertThat(Asked.with("'format':" + format).has("response_format")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, medium", "false, none", "'''low''', low", "'''high''', high", "'''max''', max"})
    void thinking_is_an_effort(String think, String effort) {
        assertThat(Asked.with("'think':" + think).path("reasoning_effort").asText())
                .isEqualTo(effort);
    }

    @Test
    void models_that_do_not_think_are_not_asked_to() {
        String question = "{'messages':[{'role':'user','content':'Hi'}],'think':%s}";
        assertThat(Asked.chat(question.formatted("false"), Asked.elsewhere("chat"))
                        .has("reasoning_effort"))
                .isFalse();
        assertThat(Asked.refusal(ChatQuestion::read, question.formatted("true"), Asked.elsewhere("chat")))
                .isEqualTo("\"m\" does not support thinking");
        assertThat(Asked.chat(question.formatted("true"), Asked.elsewhere("chat", "reasoning"))
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo("medium");
    }

    @Test
    void models_without_tools_say_so() {
        String question = "{'messages':[{'role':'user','content':'Hi'}],'tools':[{'function':{'name':'f'}}]}";
        assertThat(Asked.refusal(ChatQuestion::read, question, Asked.elsewhere("chat")))
                .isEqualTo("\"m\" does not support tools");
        assertThat(Asked.chat(question, Asked.OLLAMA)
                        .path("tools")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("function");
    }

    @Test
    void logprobs_are_asked_for_alike() {
        var hub = Asked.with("'logprobs':true,'top_logprobs':3");
        assertThat(hub.path("logprobs").asBoolean()).isTrue();
        assertThat(hub.path("top_logprobs").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', load",
        "',''keep_alive'':''5m''', load",
        "',''keep_alive'':-1', load",
        "',''keep_alive'':0', unload",
        "',''keep_alive'':''0s''', unload"
    })
    void without_messages_the_model_is_loaded_or_unloaded(String keepAlive, String reason) {
        ObjectNode document = Lab.object("{'model':'m','messages':[]" + keepAlive + "}");
        Question question = ChatQuestion.read(document, Asked.UNKNOWN);
        assertThat(question).isInstanceOfSatisfying(Question.Answered.class, answered -> {
            assertThat(answered.answer().path("done_reason").asText()).isEqualTo(reason);
            assertThat(answered.answer().path("done").asBoolean()).isTrue();
            assertThat(answered.answer().path("message")).isEqualTo(Lab.json("{'role':'assistant','content':''}"));
        });
    }

    @Test
    void an_ollama_loads_itself() {
        assertThat(ChatQuestion.read(Lab.object("{'model':'m','keep_alive':0}"), Asked.OLLAMA))
                .isInstanceOfSatisfying(
                        Question.Whole.class, whole -> assertThat(whole.form()).isEqualTo(TextForm.CHAT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'messages':'Hi'} | \"messages\" must be a list",
                "{'messages':['Hi']} | \"messages[0]\" must be an object",
                "{'messages':[{'role':'robot'}]} | invalid role: \"robot\", role must be one of system, user, assistant, tool, developer",
                "{'messages':[{'role':'user','content':[]}]} | \"messages[0].content\" must be a string",
                "{'messages':[{'role':'user','images':'x'}]} | \"messages[0].images\" must be a list",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{}}]}]} | \"messages[0].tool_calls[0].function.name\" must be the name of a tool",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f','arguments':[]}}]}]} | \"messages[0].tool_calls[0].function.arguments\" must be an object",
            })
    void wrong_messages_are_named(String document, String words) {
        assertThat(Asked.refusal(ChatQuestion::read, document)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stream':'yes' | \"stream\" must be true or false",
                "'tools':{} | \"tools\" must be a list",
                "'tools':[1] | \"tools[0]\" must be an object",
                "'format':'xml' | invalid format: \"xml\"; expected \"json\" or a valid JSON Schema object",
                "'format':[] | invalid format: []; expected \"json\" or a valid JSON Schema object",
                "'think':'hard' | invalid think value: \"hard\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)",
                "'think':1 | invalid think value: 1 (must be \"high\", \"medium\", \"low\", \"max\", true, or false)",
                "'logprobs':3 | \"logprobs\" must be true or false",
                "'keep_alive':'soon' | \"keep_alive\" must be a number of seconds or a duration such as \"5m\"",
                "'keep_alive':'-1' | \"keep_alive\" must be a number of seconds or a duration such as \"5m\"",
            })
    void wrong_fields_are_named(String field, String words) {
        assertThat(Asked.refusalWith(field)).isEqualTo(words);
    }
}
