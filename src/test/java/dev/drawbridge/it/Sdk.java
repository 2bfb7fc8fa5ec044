package dev.drawbridge.it;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.time.Duration;

/** OpenAI's own Java SDK as its users have it, but strict: it refuses an answer that lacks a required field. */
final class Sdk {
    private Sdk() {}

    static OpenAIClient client() {
        return client(0);
    }

    static OpenAIClient client(int retries) {
        return builder().maxRetries(retries).build();
    }

    static OpenAIOkHttpClient.Builder builder() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(RunningServer.url() + "/v1")
                .apiKey("sk-of-the-client")
                .responseValidation(true)
                .timeout(Duration.ofSeconds(20));
    }

    /** A question to {@link World#MODEL}. */
    static ChatCompletionCreateParams.Builder question() {
        return ChatCompletionCreateParams.builder().model(World.MODEL).addUserMessage("Say hello");
    }

    static ChatCompletion ask(ChatCompletionCreateParams.Builder question) {
        return client().chat().completions().create(question.build());
    }

    /** The stream put together by the SDK's own helper, which throws on chunks that are out of order. */
    static ChatCompletion stream(ChatCompletionCreateParams.Builder question) {
        try (StreamResponse<ChatCompletionChunk> chunks =
                client().chat().completions().createStreaming(question.build())) {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.stream().forEach(whole::accumulate);
            return whole.chatCompletion();
        }
    }
}
