package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tool calls through OpenAI's Java SDK. */
@ExtendWith(ShippedWar.class)
class OpenAiSdkToolsIT {
    private static final String PARIS =
            "{'id':'call_a','type':'function','function':{'name':'weather','arguments':'{\\\"city\\\":1}'}}";
    private static final String ROME =
            "{'id':'call_b','type':'function','function':{'name':'weather','arguments':'{\\\"city\\\":2}'}}";

    @Test
    void tool_calls_arrive_and_the_finish_says_so() {
        World.LAB.on(World.CHAT, 200, calling(PARIS + "," + ROME));
        Choice choice = Sdk.ask(question()).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(Choice.FinishReason.TOOL_CALLS);
        assertThat(calls(choice))
                .extracting(call -> call.id() + call.function().arguments())
                .containsExactly("call_a{\"city\":1}", "call_b{\"city\":2}");
    }

    @Test
    void the_upstream_learns_of_the_tools() {
        World.LAB.on(World.CHAT, 200, calling(PARIS));
        assertThat(Sdk.ask(question().parallelToolCalls(true)).choices()).hasSize(1);
        var sent = Http.json(World.LAB.lastCall().body());
        assertThat(sent.at("/tools/0/function/name").asText()).isEqualTo("weather");
        assertThat(sent.at("/tools/0/function/parameters/type").asText()).isEqualTo("object");
        assertThat(sent.path("parallel_tool_calls").asBoolean()).isTrue();
    }

    @Test
    void the_result_of_a_call_goes_back_with_its_id() {
        World.LAB.on(World.CHAT, 200, calling(PARIS));
        ChatCompletion first = Sdk.ask(question());
        World.LAB.on(World.CHAT, 200, Said.reply("Sunny"));
        ChatCompletion second = Sdk.ask(question()
                .addMessage(first.choices().getFirst().message())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId("call_a")
                        .content("sun")
                        .build()));
        assertThat(second.choices().getFirst().message().content()).contains("Sunny");
        var messages = Http.json(World.LAB.lastCall().body()).path("messages");
        assertThat(messages.at("/1/tool_calls/0/id").asText()).isEqualTo("call_a");
        assertThat(messages.at("/2/tool_call_id").asText()).isEqualTo("call_a");
    }

    @Test
    void streamed_parallel_calls_add_up() {
        World.LAB.on(
                World.CHAT,
                Said.stream(
                        Said.role(),
                        start(0, "call_a"),
                        arguments(0, "{"),
                        arguments(0, "}"),
                        start(1, "call_b"),
                        arguments(1, "{}"),
                        Said.finish("tool_calls"),
                        Said.usage()));
        Choice choice = Sdk.stream(question()).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(Choice.FinishReason.TOOL_CALLS);
        assertThat(calls(choice))
                .extracting(call ->
                        call.id() + call.function().name() + call.function().arguments())
                .containsExactly("call_aweather{}", "call_bweather{}");
    }

    @Test
    void calls_that_an_upstream_streams_whole_and_without_index_add_up_too() {
        World.LAB.on(
                World.CHAT,
                Said.stream(Said.delta("{'tool_calls':[" + PARIS + "," + ROME + "]}"), Said.finish("stop")));
        Choice choice = Sdk.stream(question()).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(Choice.FinishReason.TOOL_CALLS);
        assertThat(calls(choice))
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .containsExactly("call_a", "call_b");
    }

    private static ChatCompletionCreateParams.Builder question() {
        return Sdk.question()
                .addFunctionTool(FunctionDefinition.builder()
                        .name("weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("properties", JsonValue.from(Map.of()))
                                .build())
                        .build());
    }

    private static List<ChatCompletionMessageFunctionToolCall> calls(Choice choice) {
        return choice.message().toolCalls().orElseThrow().stream()
                .map(call -> call.asFunction())
                .toList();
    }

    private static String calling(String calls) {
        return Said.replyOf("{'index':0,'message':{'role':'assistant','content':null,'tool_calls':[" + calls
                + "]},'finish_reason':'tool_calls'}");
    }

    private static String start(int index, String id) {
        return Said.delta("{'tool_calls':[{'index':" + index + ",'id':'" + id
                + "','type':'function','function':{'name':'weather','arguments':''}}]}");
    }

    private static String arguments(int index, String piece) {
        return Said.delta("{'tool_calls':[{'index':" + index + ",'function':{'arguments':'" + piece + "'}}]}");
    }
}
