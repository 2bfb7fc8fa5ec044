package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.protocol.ollama.answer.TextForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateQuestionTest {

    @Test
    void a_prompt_is_a_chat_of_one_message() {
        assertThat(Asked.generate("{'model':'m','prompt':'Why?','system':'Be short.','format':'json',"
                        + "'context':[1,2,3],'template':'{{ .Prompt }}','options':{'seed':7}}"))
                .isEqualTo(Lab.json("{'model':'m','messages':[{'role':'system','content':'Be short.'},"
                        + "{'role':'user','content':'Why?'}],'seed':7,'response_format':{'type':'json_object'},"
                        + "'stream':true}"));
    }

    @Test
    void images_go_with_the_prompt() {
        var content = Asked.generate("{'model':'m','prompt':'What?','images':['" + Asked.PNG + "']}")
                .path("messages")
                .path(0)
                .path("content");
        assertThat(content.path(0).path("text").asText()).isEqualTo("What?");
        assertThat(content.path(1).path("image_url").path("url").asText()).startsWith("data:image/png;base64,");
    }

    @Test
    void a_raw_prompt_is_text_to_continue() {
        assertThat(Asked.generate("{'model':'m','prompt':'<s>Why','raw':true,'stream':false,'think':true,"
                        + "'logprobs':true,'top_logprobs':2}"))
                .isEqualTo(Lab.json("{'model':'m','prompt':'<s>Why','logprobs':2,'stream':false}"));
    }

    @Test
    void a_suffix_is_the_end_of_a_text_with_a_gap() {
        ObjectNode document = Lab.object("{'model':'m','prompt':'def f(','suffix':'return 1'}");
        var request = Asked.request(GenerateQuestion.read(document, Asked.UNKNOWN));
        assertThat(request).isInstanceOf(CompletionRequest.class);
        assertThat(request.json().path("suffix").asText()).isEqualTo("return 1");
        assertThat(request.original()).contains(new Original("ollama/generate", document));
    }

    @Test
    void a_model_that_only_continues_texts_gets_the_prompt_as_one() {
        var question = GenerateQuestion.read(Lab.object("{'prompt':'Why?'}"), Asked.elsewhere("completion"));
        assertThat(Asked.request(question)).isInstanceOf(CompletionRequest.class);
        question = GenerateQuestion.read(Lab.object("{'prompt':'Why?'}"), Asked.elsewhere("chat"));
        assertThat(Asked.request(question)).isInstanceOf(ChatRequest.class);
    }

    @ParameterizedTest
    @CsvSource({"'''prompt'':''''', load", "'''prompt'':'''',''keep_alive'':0', unload", "'''system'':''x''', load"})
    void without_a_prompt_the_model_is_loaded_or_unloaded(String fields, String reason) {
        Question question = GenerateQuestion.read(Lab.object("{'model':'m'," + fields + "}"), Asked.UNKNOWN);
        assertThat(question).isInstanceOfSatisfying(Question.Answered.class, answered -> {
            assertThat(answered.answer().path("done_reason").asText()).isEqualTo(reason);
            assertThat(answered.answer().path("response").asText("?")).isEmpty();
            assertThat(answered.answer().has("message")).isFalse();
        });
    }

    @Test
    void an_ollama_loads_itself() {
        assertThat(GenerateQuestion.read(Lab.object("{'model':'m','keep_alive':0,'prompt':''}"), Asked.OLLAMA))
                .isInstanceOfSatisfying(
                        Question.Whole.class, whole -> assertThat(whole.form()).isEqualTo(TextForm.GENERATE));
    }

    @Test
    void images_cannot_be_continued() {
        assertThat(Asked.refusal(GenerateQuestion::read, "{'prompt':'a','raw':true,'images':['" + Asked.PNG + "']}"))
                .isEqualTo("\"m\" does not support images beside a raw prompt or a suffix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prompt':['a']",
                "'prompt':'a','suffix':1",
                "'prompt':'a','system':{}",
                "'prompt':'a','images':'x'",
                "'prompt':'a','raw':'yes'",
                "'prompt':'a','stream':1",
                "'prompt':'a','options':'none'"
            })
    void wrong_fields_are_refused(String fields) {
        assertThat(Asked.refusal(GenerateQuestion::read, "{" + fields + "}")).contains("must be");
    }
}
