package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelRequest.Original;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedQuestionTest {

    @Test
    void texts_are_the_hubs_input() {
        var request = Asked.request(EmbedQuestion.read(
                Lab.object("{'model':'m','input':['a','b'],'truncate':true,'dimensions':64,'keep_alive':'5m'}"),
                Asked.UNKNOWN));
        assertThat(Lab.written(request.json())).isEqualTo(Lab.json("{'model':'m','input':['a','b'],'dimensions':64}"));
        assertThat(request.original().map(Original::dialect)).contains("ollama/embed");
    }

    @Test
    void one_text_is_enough() {
        var request = Asked.request(EmbedQuestion.read(Lab.object("{'input':'a','dimensions':0}"), Asked.UNKNOWN));
        assertThat(request.json()).isEqualTo(Lab.json("{'model':'m','input':'a'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'input':[]}", "{'input':''}", "{'input':null}"})
    void nothing_has_no_vectors(String document) {
        assertThat(EmbedQuestion.read(Lab.object(document), Asked.UNKNOWN))
                .isInstanceOfSatisfying(Question.Answered.class, answered -> {
                    assertThat(answered.answer().path("embeddings")).isEmpty();
                    assertThat(answered.answer().path("model").asText()).isEqualTo("m");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'input':7}", "{'input':[7]}", "{'input':{'a':1}}"})
    void what_is_no_text_is_refused(String document) {
        assertThat(Asked.refusal(EmbedQuestion::read, document)).isEqualTo("invalid input type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'input':'a','dimensions':'x'}", "{'input':'a','options':{'num_ctx':'x'}}"})
    void wrong_fields_are_refused(String document) {
        assertThat(Asked.refusal(EmbedQuestion::read, document)).contains("must be");
    }

    @Test
    void the_older_form_has_one_prompt() {
        var request = Asked.request(EmbedQuestion.readOlder(Lab.object("{'prompt':'a'}"), Asked.UNKNOWN));
        assertThat(request.json()).isEqualTo(Lab.json("{'model':'m','input':'a'}"));
        assertThat(request.original().map(Original::dialect)).isEqualTo(Optional.of("ollama/embeddings"));
        assertThat(EmbedQuestion.readOlder(Lab.object("{}"), Asked.UNKNOWN))
                .isInstanceOfSatisfying(
                        Question.Answered.class,
                        answered -> assertThat(answered.answer()).isEqualTo(Lab.json("{'embedding':[]}")));
    }
}
