package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's OpenAI models as clients. */
@ExtendWith(ShippedWar.class)
class LangChain4jIT {
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();

    /** Collects a stream. */
    private static final class Collector implements StreamingChatResponseHandler {
        final List<String> pieces = new CopyOnWriteArrayList<>();
        final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }

    @Test
    void a_chat_is_answered() {
        World.LAB.on(World.CHAT, 200, Said.reply("Hello"));
        ChatResponse answer = chat(World.MODEL).chat(question());
        assertThat(answer.aiMessage().text()).isEqualTo("Hello");
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(5);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void a_stream_arrives_in_pieces_with_its_usage() throws Exception {
        World.LAB.on(World.CHAT, Said.hello());
        Collector collected = stream(question());
        ChatResponse answer = collected.whole.get(20, TimeUnit.SECONDS);
        assertThat(collected.pieces).containsExactly("Hello", " world");
        assertThat(answer.aiMessage().text()).isEqualTo("Hello world");
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(2);
    }

    @Test
    void a_tool_is_called() {
        World.LAB.on(
                World.CHAT,
                200,
                Said.replyOf("{'index':0,'message':{'role':'assistant','content':null,'tool_calls':[{'id':'call_a',"
                        + "'type':'function','function':{'name':'weather','arguments':'{}'}}]},"
                        + "'finish_reason':'tool_calls'}"));
        assertCallsWeather(chat(World.MODEL).chat(questionWithTool()));
    }

    @Test
    void a_tool_is_called_in_a_stream() throws Exception {
        String call = "{'index':0,'id':'call_a','type':'function','function':{'name':'weather','arguments':'{'}}";
        // Some upstreams repeat what must come once; LangChain4j would call "weatherweather".
        World.LAB.on(
                World.CHAT,
                Said.stream(
                        Said.delta("{'tool_calls':[" + call + "]}"),
                        Said.delta("{'tool_calls':[" + call.replace("{'}", "}'}") + "]}"),
                        Said.finish("tool_calls")));
        assertCallsWeather(stream(questionWithTool()).whole.get(20, TimeUnit.SECONDS));
    }

    @Test
    void an_error_before_the_stream_reaches_the_handler() {
        World.LAB.on(World.CHAT, 429, Said.error("Rate limit reached", "rate_limit_exceeded"));
        assertThat(stream(question()).whole)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withRootCauseInstanceOf(Exception.class)
                .withMessageContaining("Rate limit reached");
    }

    @Test
    void a_text_becomes_a_vector() {
        World.LAB.on(
                World.EMBEDDINGS,
                200,
                "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.5,-1.25]}],\"model\":\"real\","
                        + "\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}");
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .baseUrl(RunningServer.url() + "/v1")
                .apiKey("any")
                .modelName("embedder")
                .maxRetries(0)
                .build();
        assertThat(model.embed("x").content().vector()).containsExactly(0.5f, -1.25f);
    }

    @Test
    void failures_have_the_classes_that_they_have_at_openai() {
        fails("no-such-model", ModelNotFoundException.class);
        World.LAB.on(World.CHAT, 429, Said.error("Rate limit reached", "rate_limit_exceeded"));
        fails(World.MODEL, RateLimitException.class);
        World.forgive();
        World.LAB.on(World.CHAT, 401, Said.error("Wrong key", "invalid_api_key"));
        fails(World.MODEL, AuthenticationException.class);
    }

    private static void fails(String model, Class<? extends LangChain4jException> type) {
        assertThatExceptionOfType(type).isThrownBy(() -> chat(model).chat(question()));
    }

    private static void assertCallsWeather(ChatResponse answer) {
        ToolExecutionRequest call = answer.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.id()).isEqualTo("call_a");
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{}");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    private static ChatRequest question() {
        return ChatRequest.builder().messages(UserMessage.from("Say hello")).build();
    }

    private static ChatRequest questionWithTool() {
        return ChatRequest.builder()
                .messages(UserMessage.from("Weather?"))
                .toolSpecifications(WEATHER)
                .build();
    }

    private static OpenAiChatModel chat(String model) {
        return OpenAiChatModel.builder()
                .baseUrl(RunningServer.url() + "/v1")
                .apiKey("any")
                .modelName(model)
                .maxRetries(0)
                .build();
    }

    private static Collector stream(ChatRequest request) {
        Collector collector = new Collector();
        OpenAiStreamingChatModel.builder()
                .baseUrl(RunningServer.url() + "/v1")
                .apiKey("any")
                .modelName(World.MODEL)
                .build()
                .chat(request, collector);
        return collector;
    }
}
