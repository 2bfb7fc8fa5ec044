package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's clients with a model behind Ollama's own protocol. */
@ExtendWith(ShippedWar.class)
class OllamaUpstreamIT {
    private static final String END = "true,'done_reason':'stop','prompt_eval_count':3,'eval_count':2";

    @Test
    void a_chat_is_answered() {
        World.OLLAMA.on("/api/chat", 200, line("Hello", END));
        var answer = Sdk.ask(Sdk.question().model("llama"));
        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(answer.model()).isEqualTo("llama");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(5);
        assertThat(Http.json(World.OLLAMA.lastCall().body()).path("model").asText())
                .isEqualTo("llama:1b");
    }

    @Test
    void a_stream_of_lines_becomes_a_stream_of_events() {
        World.OLLAMA.on(
                "/api/chat",
                (call, answer) -> answer.start(200, "application/x-ndjson")
                        .chunk(line("Hello", "false") + "\n")
                        .chunk(line(" world", "false") + "\n")
                        .chunk(line("", END) + "\n")
                        .end());
        assertThat(Sdk.stream(Sdk.question().model("llama"))
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .contains("Hello world");
    }

    @Test
    void its_errors_are_told_in_openai_s_words() {
        World.OLLAMA.on("/api/chat", 404, "{\"error\":\"model 'llama:1b' not found\"}");
        Http.Reply reply = Http.post(World.CHAT, "{'model':'llama','messages':[{'role':'user','content':'Hi'}]}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error().path("code").asText()).isEqualTo("model_not_found");
    }

    private static String line(String text, String done) {
        return ("{'model':'llama:1b','created_at':'2026-08-22T10:00:00Z','message':{'role':'assistant','content':'"
                        + text + "'},'done':" + done + "}")
                .replace('\'', '"');
    }
}
