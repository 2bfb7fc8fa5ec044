package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoChatTest {

    @Test
    void an_answer_has_the_form_of_a_chat_completion() {
        ObjectNode answer = Demo.answer(Demo.user("Hi there", ""));
        assertThat(answer.path("id").asText()).startsWith("chatcmpl-");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.path("created").asLong()).isEqualTo(Demo.NOW.getEpochSecond());
        assertThat(answer.path("model").asText()).isEqualTo("demo");
        JsonNode choice = answer.at("/choices/0");
        assertThat(choice.path("index").asInt(-1)).isZero();
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.has("logprobs") && choice.get("logprobs").isNull()).isTrue();
        assertThat(choice.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(choice.path("message").has("tool_calls")).isFalse();
    }

    @Test
    void it_says_that_it_is_a_demo_and_what_to_do_next() {
        assertThat(Demo.content(Demo.user("Hi there", "")))
                .contains("Drawbridge's demo model, not a language model")
                .contains("\"Hi there\"")
                .contains("drawbridge.yaml")
                .contains("OPENAI_API_KEY")
                .doesNotContain("Be brief")
                .doesNotContain("image");
    }

    @Test
    void the_same_question_has_the_same_answer() {
        assertThat(Demo.content(Demo.user("Hi", ""))).isEqualTo(Demo.content(Demo.user("Hi", "'seed':7")));
        assertThat(Demo.content(Demo.user("Hi", ""))).isNotEqualTo(Demo.content(Demo.user("Ho", "")));
    }

    @Test
    void a_long_message_is_quoted_in_part() {
        String content = Demo.content(Demo.user("😀".repeat(500), ""));
        assertThat(content).contains("\"" + "😀".repeat(200) + "…\"");
    }

    @Test
    void images_are_counted() {
        String image = "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}";
        String text = "{'type':'text','text':'Look'}";
        ObjectNode two =
                Demo.answer(Demo.chat("[{'role':'user','content':[" + text + "," + image + "," + image + "]}]", ""));
        assertThat(two.at("/choices/0/message/content").asText())
                .contains("\"Look\"")
                .contains("2 images");
        assertThat(two.at("/usage/prompt_tokens").asInt()).isEqualTo(1 + 1 + 2 * 85);
        assertThat(Demo.content(Demo.chat("[{'role':'user','content':[" + image + "]}]", "")))
                .contains("one image");
    }

    @Test
    void usage_counts_prompt_and_answer() {
        ObjectNode answer = Demo.answer(Demo.user("Hi there", "'n':2"));
        int one = DemoTokens.count(answer.at("/choices/0/message/content").asText());
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(2 * (1 + 2));
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2 * one);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(6 + 2 * one);
    }

    @Test
    void n_choices_are_numbered() {
        ObjectNode answer = Demo.answer(Demo.user("Hi", "'n':3"));
        assertThat(answer.path("choices"))
                .extracting(choice -> choice.path("index").asInt())
                .containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void a_limit_cuts_the_answer(String field) {
        ObjectNode answer = Demo.answer(Demo.user("Hi", "'" + field + "':4"));
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello! I am");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void a_limit_that_is_just_reached_is_no_cut() {
        int whole =
                Demo.answer(Demo.user("Hi", "")).at("/usage/completion_tokens").asInt();
        assertThat(Demo.answer(Demo.user("Hi", "'max_tokens':" + whole))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' demo'", "['never said',' not a',' demo']", "['',' demo']"})
    void a_stop_text_ends_the_answer_before_it(String stop) {
        ObjectNode answer = Demo.answer(Demo.user("Hi", "'stop':" + stop));
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello! I am Drawbridge's");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({"n,0", "n,129", "n,1.5", "max_tokens,-1", "max_completion_tokens,12345678901", "max_tokens,true"})
    void a_number_out_of_range_is_refused(String field, String value) {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> Demo.answer(Demo.user("Hi", "'" + field + "':" + value)));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains(field);
    }

    @Test
    void json_mode_answers_with_an_object() {
        String content = Demo.content(Demo.user("Give me JSON", "'response_format':{'type':'json_object'}"));
        assertThat(Demo.json(content)).isEqualTo(Demo.json("{'demo':true,'echo':'Give me JSON'}"));
    }

    @Test
    void a_schema_is_filled() {
        String content = Demo.content(Demo.user("Where is Rome?", """
                'response_format':{'type':'json_schema','json_schema':{'name':'place','schema':{'type':'object',
                'properties':{'name':{'type':'string'},'people':{'type':'integer','minimum':10}},
                'required':['name','people']}}}"""));
        assertThat(Demo.json(content)).isEqualTo(Demo.json("{'name':'Rome','people':10}"));
    }

    @Test
    void likely_tokens_are_shown_when_asked_for() {
        JsonNode choice = Demo.answer(Demo.user("Hi", "'logprobs':true,'top_logprobs':3,'max_tokens':2"))
                .at("/choices/0");
        JsonNode content = choice.at("/logprobs/content");
        assertThat(content).extracting(token -> token.path("token").asText()).containsExactly("Hello", "!");
        assertThat(content.at("/1/bytes")).isEqualTo(Demo.json("[33]"));
        List<JsonNode> top =
                List.copyOf(content.at("/0/top_logprobs").valueStream().toList());
        assertThat(top).hasSize(3);
        assertThat(top.get(0).path("token").asText()).isEqualTo("Hello");
        assertThat(top.stream().map(one -> one.path("logprob").asDouble()))
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(top.stream()
                        .mapToDouble(one -> Math.exp(one.path("logprob").asDouble()))
                        .sum())
                .isBetween(0.0, 1.0);
        assertThat(Demo.answer(Demo.user("Hi", "'logprobs':true")).at("/choices/0/logprobs/content/0/top_logprobs"))
                .isEmpty();
        assertThat(Demo.answer(Demo.user("Hi", "'logprobs':true,'top_logprobs':20"))
                        .at("/choices/0/logprobs/content/0/top_logprobs"))
                .hasSize(20);
    }
}
