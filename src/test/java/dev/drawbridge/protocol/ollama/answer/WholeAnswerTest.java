package dev.drawbridge.protocol.ollama.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelReply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeAnswerTest {
    private final Clockwork clock = new Clockwork();

    @Test
    void a_chats_answer_has_a_message_and_figures() {
        assertThat(whole(
                        TextForm.CHAT,
                        "{'choices':[{'message':{'role':'assistant','content':'Hi',"
                                + "'reasoning_content':'hm','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}}]},"
                                + "'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':3,'completion_tokens':2}}"))
                .isEqualTo(
                        Lab.json("{'model':'m','created_at':'2026-08-22T10:00:00.010Z','message':{'role':'assistant',"
                                + "'content':'Hi','thinking':'hm','tool_calls':[{'id':'a','function':{'index':0,'name':'f',"
                                + "'arguments':{}}}]},'done':true,'done_reason':'stop','total_duration':10000000,"
                                + "'load_duration':2000000,'prompt_eval_count':3,'prompt_eval_duration':8000000,'eval_count':2,"
                                + "'eval_duration':8000000}"));
    }

    @Test
    void a_plain_answer_is_a_response() {
        JsonNode answer = whole(TextForm.GENERATE, "{'choices':[{'text':'Hi','finish_reason':'length'}]}");
        assertThat(answer.path("response").asText()).isEqualTo("Hi");
        assertThat(answer.path("done_reason").asText()).isEqualTo("length");
    }

    @Test
    void a_call_that_is_no_json_is_told_as_text() {
        JsonNode message = whole(
                        TextForm.CHAT,
                        "{'choices':[{'message':{'content':null,'tool_calls':["
                                + "{'id':'a','function':{'name':'f','arguments':'oops'}}]},'finish_reason':'tool_calls'}]}")
                .path("message");
        assertThat(message.path("content").asText()).isEqualTo("{\"name\": \"f\", \"arguments\": oops}");
        assertThat(message.has("tool_calls")).isFalse();
    }

    @Test
    void an_ollamas_answer_is_passed_on_with_the_name_asked_for() {
        ObjectNode original = Lab.object("{'model':'real','created_at':'x','response':'Hi','done':true,"
                + "'done_reason':'stop','context':[1,2],'total_duration':9,'load_duration':8,'prompt_eval_count':7,"
                + "'prompt_eval_duration':6,'eval_count':5,'eval_duration':4}");
        ModelReply reply = new ModelReply(Lab.object("{'choices':[]}"), Optional.of(original));
        assertThat(Lab.written(TextForm.GENERATE.whole(reply, "m", timing())))
                .isEqualTo(Lab.json(original.toString().replace("real", "m")));
    }

    @Test
    void loading_counts_nothing() {
        ObjectNode original = Lab.object("{'model':'real','response':'','done':true,'done_reason':'unload'}");
        ModelReply reply = new ModelReply(Lab.object("{'choices':[]}"), Optional.of(original));
        assertThat(TextForm.GENERATE.whole(reply, "m", timing()))
                .isEqualTo(Lab.json("{'model':'m','response':'','done':true,'done_reason':'unload'}"));
    }

    @Test
    void vectors_come_in_order_and_of_length_one() {
        JsonNode answer = whole(
                VectorForm.EMBED,
                "{'data':[{'index':1,'embedding':[0.6,0.8]},{'index':0,'embedding':[3.0,4.0]}],'usage':{'prompt_tokens':2}}");
        assertThat(answer.path("embeddings").path(0).path(0).asDouble()).isCloseTo(0.6, within(1e-6));
        assertThat(answer.path("embeddings").path(1)).isEqualTo(Lab.json("[0.6,0.8]"));
        assertThat(answer.path("prompt_eval_count").asInt()).isEqualTo(2);
        assertThat(answer.path("total_duration").asLong()).isPositive();
        assertThat(answer.path("model").asText()).isEqualTo("m");
    }

    @Test
    void the_older_form_is_one_vector_as_it_is() {
        assertThat(whole(VectorForm.EMBEDDINGS, "{'data':[{'index':0,'embedding':[3.0,4.0]}]}"))
                .isEqualTo(Lab.json("{'embedding':[3.0,4.0]}"));
    }

    @Test
    void a_vector_of_nothing_stays() {
        assertThat(whole(VectorForm.EMBED, "{'data':[{'index':0,'embedding':[0.0,0.0]}]}")
                        .path("embeddings"))
                .isEqualTo(Lab.json("[[0.0,0.0]]"));
    }

    private JsonNode whole(AnswerForm form, String reply) {
        return Lab.written(form.whole(new ModelReply(Lab.object(reply)), "m", timing()));
    }

    private Timing timing() {
        Timing timing = clock.asked(Duration.ofMillis(2));
        clock.at(Duration.ofMillis(10));
        return timing;
    }
}
