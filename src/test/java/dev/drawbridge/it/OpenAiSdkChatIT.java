package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.ResponseFormatJsonSchema.JsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chats through OpenAI's Java SDK. */
@ExtendWith(ShippedWar.class)
class OpenAiSdkChatIT {
    private static final String LOGPROBS =
            "{'content':[{'token':'Hi','logprob':-0.5,'bytes':[72,105],'top_logprobs':[]}],'refusal':null}";

    @Test
    void a_chat_is_answered_under_the_name_that_was_asked_for() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        ChatCompletion answer = Sdk.ask(Sdk.question());
        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(Choice.FinishReason.STOP);
        assertThat(answer.model()).isEqualTo(World.MODEL);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(5);
    }

    @Test
    void the_upstream_gets_its_own_name_of_the_model_and_its_own_key() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        assertThat(Sdk.ask(Sdk.question().model(World.ALIAS)).model()).isEqualTo(World.ALIAS);
        var call = World.LAB.lastCall();
        assertThat(Http.json(call.body()).path("model").asText()).isEqualTo("real-name");
        assertThat(call.headers()).containsEntry("authorization", "Bearer " + World.LAB_KEY);
    }

    @Test
    void a_stream_adds_up_to_the_answer() {
        World.LAB.on(World.CHAT, Said.hello());
        ChatCompletion answer = Sdk.stream(Sdk.question());
        assertThat(answer.choices().getFirst().message().content()).contains("Hello world");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(Choice.FinishReason.STOP);
        assertThat(answer.usage()).isEmpty();
        assertThat(answer.model()).isEqualTo(World.MODEL);
    }

    @Test
    void a_stream_ends_with_its_usage_when_asked_to() {
        World.LAB.on(World.CHAT, Said.hello());
        ChatCompletion answer = Sdk.stream(Sdk.question()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build()));
        assertThat(answer.choices().getFirst().message().content()).contains("Hello world");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(2);
    }

    @Test
    void usage_in_every_chunk_of_the_upstream_loses_no_word() {
        String talkative = Said.text(" world").replace("]}", "],\"usage\":" + Said.USAGE + "}");
        World.LAB.on(World.CHAT, Said.stream(Said.role(), Said.text("Hello"), talkative, Said.finish("stop")));
        assertThat(Sdk.stream(Sdk.question()).choices().getFirst().message().content())
                .contains("Hello world");
    }

    @Test
    void a_schema_goes_to_the_upstream_as_it_is() {
        World.LAB.on(World.CHAT, 200, Said.reply("{}"));
        JsonSchema.Schema schema = JsonSchema.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .build();
        JsonSchema named =
                JsonSchema.builder().name("place").strict(true).schema(schema).build();
        ChatCompletion answer = Sdk.ask(Sdk.question()
                .responseFormat(
                        ResponseFormatJsonSchema.builder().jsonSchema(named).build()));
        assertThat(answer.choices().getFirst().message().content()).contains("{}");
        var sent = Http.json(World.LAB.lastCall().body()).path("response_format");
        assertThat(sent.path("type").asText()).isEqualTo("json_schema");
        assertThat(sent.at("/json_schema/schema/properties/city/type").asText()).isEqualTo("string");
        assertThat(sent.at("/json_schema/strict").asBoolean()).isTrue();
    }

    @Test
    void log_probabilities_arrive() {
        World.LAB.on(
                World.CHAT,
                200,
                Said.replyOf("{'index':0,'message':{'role':'assistant','content':'Hi'},'finish_reason':'stop',"
                        + "'logprobs':" + LOGPROBS + "}"));
        Choice choice =
                Sdk.ask(Sdk.question().logprobs(true).topLogprobs(0)).choices().getFirst();
        var tokens = choice.logprobs().orElseThrow().content().orElseThrow();
        assertThat(tokens.getFirst().token()).isEqualTo("Hi");
        assertThat(tokens.getFirst().bytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(72L, 105L));
    }

    @Test
    void log_probabilities_arrive_in_a_stream() {
        String chunk =
                Said.chunk("{'index':0,'delta':{'content':'Hi'},'finish_reason':null,'logprobs':" + LOGPROBS + "}");
        World.LAB.on(World.CHAT, Said.stream(Said.role(), chunk, Said.finish("stop")));
        Choice choice = Sdk.stream(Sdk.question().logprobs(true)).choices().getFirst();
        assertThat(choice.logprobs().orElseThrow().content().orElseThrow()).hasSize(1);
    }

    @Test
    void two_choices_arrive() {
        World.LAB.on(
                World.CHAT,
                200,
                Said.replyOf("{'index':0,'message':{'role':'assistant','content':'a'},'finish_reason':'stop'},"
                        + "{'index':1,'message':{'role':'assistant','content':'b'},'finish_reason':'length'}"));
        assertThat(Sdk.ask(Sdk.question().n(2)).choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .containsExactly("a", "b");
    }

    @Test
    void two_choices_arrive_mixed_in_a_stream() {
        World.LAB.on(
                World.CHAT,
                Said.stream(
                        choice(0, "a"),
                        choice(1, "b"),
                        choice(0, "A"),
                        Said.finish("stop"),
                        choice(1, "B"),
                        Said.chunk("{'index':1,'delta':{},'finish_reason':'length'}"),
                        Said.usage()));
        assertThat(Sdk.stream(Sdk.question().n(2)).choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .containsExactly("aA", "bB");
    }

    private static String choice(int index, String text) {
        return Said.chunk("{'index':" + index + ",'delta':{'content':'" + text + "'},'finish_reason':null}");
    }
}
