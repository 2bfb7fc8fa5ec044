package dev.drawbridge.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {
    private static final List<Function<ObjectNode, ? extends ModelRequest>> ALL =
            List.of(RequestChecks::chat, RequestChecks::completion, RequestChecks::embedding);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "stream | 'true' | true or false",
                "stream | 1 | true or false",
                "stream_options | true | an object",
                "temperature | '1' | a number",
                "top_p | [1] | a number",
                "presence_penalty | {} | a number",
                "frequency_penalty | true | a number",
                "n | 0 | a whole number of 1 or more",
                "n | 1.5 | a whole number of 1 or more",
                "best_of | 0 | a whole number of 1 or more",
                "max_tokens | 18446744073709551616 | a whole number of 0 or more",
                "max_tokens | -1 | a whole number of 0 or more",
                "max_tokens | '50' | a whole number of 0 or more",
                "max_completion_tokens | 0.5 | a whole number of 0 or more",
                "dimensions | 0 | a whole number of 1 or more",
                "seed | 'lucky' | a whole number",
                "top_logprobs | true | a whole number",
                "stop | 1 | text or a list of texts",
                "logit_bias | [] | an object",
                "tools | {} | a list",
                "response_format | 'json' | an object",
                "parallel_tool_calls | 'no' | true or false",
                "encoding_format | 1 | text",
                "echo | 1 | true or false",
                "suffix | [] | text",
                "user | 1 | text",
                "logprobs | 'yes' | true, false or a whole number",
                "logprobs | 1.5 | true, false or a whole number",
            })
    void a_field_of_the_wrong_type_is_blamed(String field, String value, String words) {
        GatewayException failure = failure(RequestChecks::chat, chat("'" + field + "':" + value));

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains(field);
        assertThat(failure.code()).contains("invalid_type");
        assertThat(failure.message()).isEqualTo("\"" + field + "\" must be " + words);
    }

    @Test
    void null_is_as_good_as_absent() {
        ObjectNode request = chat("""
                'stream':null,'stream_options':null,'temperature':null,'top_p':null,'n':null,'max_tokens':null,
                'max_completion_tokens':null,'seed':null,'top_logprobs':null,'stop':null,'logit_bias':null,
                'tools':null,'response_format':null,'parallel_tool_calls':null,'user':null,'logprobs':null""");

        assertThat((JsonNode) RequestChecks.chat(request).json()).isEqualTo(request.deepCopy());
    }

    @Test
    void what_is_right_or_unknown_goes_on_untouched() {
        ObjectNode request = chat("""
                'stream':false,'temperature':2.5,'n':3,'max_tokens':0,'seed':-9223372036854775808,'stop':['a',1],
                'top_k':40,'chat_template_kwargs':{'enable_thinking':false},'nothing':null,'logit_bias':{'50256':-100},
                'price':0.30000000000000004,'big':123456789012345678901234567890""");
        JsonNode before = request.deepCopy();

        ModelRequest checked = RequestChecks.chat(request);

        assertThat((JsonNode) checked.json()).isEqualTo(before);
        assertThat(checked.json().toString()).isEqualTo(before.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'model':null}", "{'model':''}", "{'model':' '}", "{'model':1}", "{'model':['m']}"})
    void a_model_must_be_named(String request) {
        for (Function<ObjectNode, ? extends ModelRequest> check : ALL) {
            GatewayException failure = failure(check, Lab.object(request));
            assertThat(failure.param()).contains("model");
            assertThat(failure.code()).contains("missing_required_parameter");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'logprobs':2 | 'logprobs':true,'top_logprobs':2",
                "'logprobs':0 | 'logprobs':true,'top_logprobs':0",
                "'logprobs':2,'top_logprobs':5 | 'logprobs':true,'top_logprobs':5",
                "'logprobs':2,'top_logprobs':null | 'logprobs':true,'top_logprobs':2",
                "'logprobs':true,'top_logprobs':5 | 'logprobs':true,'top_logprobs':5",
                "'logprobs':false | 'logprobs':false",
            })
    void a_number_of_logprobs_means_that_many_for_each_token_of_a_chat(String sent, String understood) {
        ObjectNode request = chat(sent);
        JsonNode before = request.deepCopy();

        assertThat(Lab.written(RequestChecks.chat(request).json())).isEqualTo(Lab.written(chat(understood)));
        assertThat((JsonNode) request).isEqualTo(before);
    }

    @Test
    void a_chat_sent_to_the_completions_is_told_where_to_go() {
        GatewayException failure = failure(RequestChecks::completion, chat("'stream':false"));

        assertThat(failure.param()).contains("messages");
        assertThat(failure.message()).contains("/v1/chat/completions");
    }

    @Test
    void a_completion_with_both_is_a_completion() {
        assertThat(RequestChecks.completion(chat("'prompt':'Once'")).has("messages"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "''", "['a','b']", "[1,2]", "[[1,2],[3]]"})
    void texts_and_tokens_are_taken(String input) {
        assertThat(RequestChecks.completion(Lab.object("{'model':'m','prompt':" + input + "}"))
                        .has("prompt"))
                .isTrue();
        assertThat(RequestChecks.embedding(Lab.object("{'model':'m','input':" + input + "}"))
                        .has("input"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'x':1 | ''",
                "'%s':null | ''",
                "'%s':1 | ''",
                "'%s':{} | ''",
                "'%s':[] | ''",
                "'%s':[1.5] | [0]",
                "'%s':['a',null] | [1]",
                "'%s':['a',{}] | [1]"
            })
    void other_input_is_blamed_at_its_place(String sent, String place) {
        String wrong = place.replace("'", "");
        assertThat(failure(RequestChecks::completion, Lab.object("{'model':'m'," + sent.formatted("prompt") + "}"))
                        .param())
                .contains("prompt" + wrong);
        assertThat(failure(RequestChecks::embedding, Lab.object("{'model':'m'," + sent.formatted("input") + "}"))
                        .param())
                .contains("input" + wrong);
    }

    @Test
    void a_completions_logprobs_are_a_number() {
        assertThat(failure(RequestChecks::completion, Lab.object("{'model':'m','prompt':'a','logprobs':true}"))
                        .param())
                .contains("logprobs");
        assertThat(RequestChecks.completion(Lab.object("{'model':'m','prompt':'a','logprobs':3}"))
                        .json()
                        .path("logprobs")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void vectors_are_numbers_or_base64() {
        for (String format : List.of("'float'", "'base64'", "null")) {
            RequestChecks.embedding(Lab.object("{'model':'m','input':'a','encoding_format':" + format + "}"));
        }
        assertThat(failure(RequestChecks::embedding, Lab.object("{'model':'m','input':'a','encoding_format':'hex'}"))
                        .param())
                .contains("encoding_format");
    }

    private static ObjectNode chat(String more) {
        return Lab.object("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + more + "}");
    }

    private static GatewayException failure(Function<ObjectNode, ? extends ModelRequest> check, ObjectNode request) {
        return catchThrowableOfType(GatewayException.class, () -> check.apply(request));
    }
}
