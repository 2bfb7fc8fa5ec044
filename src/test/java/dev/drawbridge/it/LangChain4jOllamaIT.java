package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's Ollama models as clients: what Payara's own AI runtime uses too. */
@ExtendWith(ShippedWar.class)
class LangChain4jOllamaIT {
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();

    @ParameterizedTest
    @EnumSource
    void a_chat_is_answered(Behind behind) {
        behind.saysHello();
        ChatResponse answer = chat(behind.model()).chat(question("Say hello"));
        assertThat(answer.aiMessage().text()).isEqualTo("Hello world");
        assertThat(answer.tokenUsage().inputTokenCount()).isEqualTo(3);
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_arrives_in_pieces_with_its_usage(Behind behind) throws Exception {
        behind.saysHello();
        Collector collected = stream(behind.model(), question("Say hello"));
        ChatResponse answer = collected.whole.get(20, TimeUnit.SECONDS);
        assertThat(collected.pieces).containsExactly("Hello", " world");
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_result_goes_back(Behind behind) throws Exception {
        behind.thinksAndCallsTheWeather();
        ChatRequest question = ChatRequest.builder()
                .messages(UserMessage.from("Weather?"))
                .toolSpecifications(WEATHER)
                .build();
        assertCallsWeather(stream(behind.model(), question).whole.get(20, TimeUnit.SECONDS));
        AiMessage called = assertCallsWeather(chat(behind.model()).chat(question));
        behind.saysHello();
        ToolExecutionRequest call = called.toolExecutionRequests().getFirst();
        ChatResponse answer = chat(behind.model())
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("Weather?"), called, ToolExecutionResultMessage.from(call, "21"))
                        .toolSpecifications(WEATHER)
                        .build());
        assertThat(answer.aiMessage().text()).isEqualTo("Hello world");
    }

    @Test
    void a_result_without_an_id_is_paired_with_its_call() throws Exception {
        a_tool_is_called_and_its_result_goes_back(Behind.AN_OPENAI);
        var messages = Behind.AN_OPENAI.asked().path("messages");
        assertThat(messages.at("/2/role").asText()).isEqualTo("tool");
        assertThat(messages.at("/2/tool_call_id")).isEqualTo(messages.at("/1/tool_calls/0/id"));
        assertThat(messages.at("/1/tool_calls/0/function/arguments").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void texts_become_vectors(Behind behind) {
        behind.embeds();
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .httpClientBuilder(http())
                .baseUrl(RunningServer.url().toString())
                .modelName(behind.model())
                .maxRetries(0)
                .build();
        assertThat(model.embedAll(List.of(TextSegment.from("a"), TextSegment.from("b")))
                        .content()
                        .getFirst()
                        .vector())
                .containsExactly(0.6f, 0.8f);
    }

    @Test
    void models_are_listed_and_described() {
        OllamaModels models = OllamaModels.builder()
                .httpClientBuilder(http())
                .baseUrl(RunningServer.url().toString())
                .build();
        assertThat(models.availableModels().content())
                .extracting(model -> model.getName())
                .contains("lab/model:8b", "llama:latest");
        assertThat(models.availableModels().content())
                .allSatisfy(model -> assertThat(model.getModifiedAt()).isNotNull());
        assertThat(models.modelCard("llama").content().getModelInfo()).containsKey("llama.context_length");
        assertThat(models.runningModels().content()).isNotNull();
    }

    @Test
    void a_failure_has_ollamas_words() {
        assertThatThrownBy(() -> chat("no-such-model").chat(question("Hi")))
                .hasMessageContaining("model 'no-such-model' not found");
    }

    private static AiMessage assertCallsWeather(ChatResponse answer) {
        ToolExecutionRequest call = answer.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(Http.json(call.arguments()).path("city").asText()).isEqualTo("Paris");
        return answer.aiMessage();
    }

    private static ChatRequest question(String words) {
        return ChatRequest.builder().messages(UserMessage.from(words)).build();
    }

    /** Without the upgrade to HTTP/2 that the JDK's client tries by itself. */
    private static JdkHttpClientBuilder http() {
        return new JdkHttpClientBuilder()
                .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
    }

    private static OllamaChatModel chat(String model) {
        return OllamaChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(RunningServer.url().toString())
                .modelName(model)
                .temperature(0.5)
                .numPredict(100)
                .maxRetries(0)
                .build();
    }

    private static Collector stream(String model, ChatRequest request) {
        Collector collector = new Collector();
        OllamaStreamingChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(RunningServer.url().toString())
                .modelName(model)
                .build()
                .chat(request, collector);
        return collector;
    }

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
}
