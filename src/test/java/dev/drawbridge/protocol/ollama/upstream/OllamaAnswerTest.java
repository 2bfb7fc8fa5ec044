package dev.drawbridge.protocol.ollama.upstream;

import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.chat;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.completion;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.embedding;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaAnswerTest {
    private final OllamaLab lab = new OllamaLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_message_becomes_a_chat_completion() {
        lab.ollama.on("/api/chat", 200, """
                {"model":"llama3:latest","created_at":"2026-08-22T10:00:00.123456Z",
                 "message":{"role":"assistant","content":"Hi","thinking":"a greeting"},"done":true,"done_reason":"stop",
                 "total_duration":3,"prompt_eval_count":3,"eval_count":1}""");

        JsonNode reply = lab.answer(chat("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"));

        assertThat(reply.path("id").asText()).matches("chatcmpl-\\w{24}");
        assertThat(reply.path("object").asText()).isEqualTo("chat.completion");
        assertThat(reply.path("created").asLong()).isEqualTo(1_787_392_800L);
        assertThat(reply.path("model").asText()).isEqualTo("llama3:latest");
        assertThat(reply.path("choices")).isEqualTo(json("""
                        [{"index":0,"message":{"role":"assistant","content":"Hi","refusal":null,
                          "reasoning_content":"a greeting"},"finish_reason":"stop","logprobs":null}]"""));
        assertThat(reply.path("usage"))
                .isEqualTo(json("{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}"));
    }

    @Test
    void the_upstream_is_asked_not_to_stream_and_shown_the_credential() {
        lab.ollama.on("/api/chat", 200, "{\"message\":{\"content\":\"Hi\"},\"done\":true}");

        lab.answer(chat("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":false}"));

        assertThat(lab.asked()).isEqualTo(json("""
                        {"model":"llama3:latest","messages":[{"role":"user","content":"Hello"}],"stream":false}"""));
        assertThat(lab.ollama.lastCall().headers())
                .containsEntry("authorization", "Bearer s3cret")
                .containsEntry("x-team", "blue")
                .containsEntry("content-type", "application/json; charset=UTF-8");
    }

    @Test
    void tool_calls_get_ids_and_their_arguments_written_out() {
        lab.ollama.on("/api/chat", 200, """
                {"model":"m","message":{"role":"assistant","content":"","tool_calls":[
                  {"function":{"index":0,"name":"weather","arguments":{"city":"Brest"}}},
                  {"id":"call_b","function":{"index":1,"name":"time","arguments":{}}}]},
                 "done":true,"done_reason":"stop"}""");

        JsonNode choice = lab.answer(chat("{\"messages\":[]}")).path("choices").path(0);

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        JsonNode calls = choice.path("message").path("tool_calls");
        assertThat(calls.path(0).path("id").asText()).matches("call_\\w{24}");
        assertThat(calls.path(0).path("type").asText()).isEqualTo("function");
        assertThat(calls.path(0).path("function"))
                .isEqualTo(json("{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Brest\\\"}\"}"));
        assertThat(calls.path(1))
                .isEqualTo(
                        json(
                                "{\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}"));
    }

    @Test
    void figures_that_are_missing_are_not_made_up() {
        assertThat(usage("\"eval_count\":4"))
                .isEqualTo(json("{\"prompt_tokens\":0,\"completion_tokens\":4,\"total_tokens\":4}"));
        assertThat(usage("\"prompt_eval_count\":4"))
                .isEqualTo(json("{\"prompt_tokens\":4,\"completion_tokens\":0,\"total_tokens\":4}"));
        assertThat(usage("\"total_duration\":4").isMissingNode()).isTrue();
    }

    @Test
    void a_cut_answer_and_its_probabilities_say_so() {
        lab.ollama.on("/api/chat", 200, """
                {"model":"m","message":{"content":"Hi"},"done":true,"done_reason":"length",
                 "logprobs":[{"token":"Hi","logprob":-0.1,"bytes":[72,105],"top_logprobs":[]}]}""");

        JsonNode choice = lab.answer(chat("{\"messages\":[],\"logprobs\":true}"))
                .path("choices")
                .path(0);

        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
        assertThat(choice.path("logprobs"))
                .isEqualTo(json(
                        "{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.1,\"bytes\":[72,105],\"top_logprobs\":[]}]}"));
    }

    @Test
    void a_response_becomes_a_text_completion() {
        lab.ollama.on("/api/generate", 200, """
                {"model":"m","created_at":"2026-08-22T10:00:00Z","response":" world","done":true,"done_reason":"length",
                 "prompt_eval_count":1,"eval_count":2,
                 "logprobs":[{"token":" wor","logprob":-0.5,"top_logprobs":[{"token":" wor","logprob":-0.5}]},
                             {"token":"ld","logprob":-0.25}]}""");

        JsonNode reply = lab.answer(completion("{\"prompt\":\"Hello\",\"echo\":true,\"logprobs\":1}"));

        assertThat(reply.path("object").asText()).isEqualTo("text_completion");
        assertThat(reply.path("choices")).isEqualTo(json("""
                        [{"index":0,"text":"Hello world","finish_reason":"length","logprobs":{
                          "tokens":[" wor","ld"],"token_logprobs":[-0.5,-0.25],
                          "top_logprobs":[{" wor":-0.5},{}],"text_offset":[5,9]}}]"""));
        assertThat(reply.path("usage").path("total_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void embeddings_become_a_list_in_their_order() {
        lab.ollama.on(
                "/api/embed", 200, "{\"model\":\"m\",\"embeddings\":[[0.5,-1],[0.25,2]],\"prompt_eval_count\":6}");

        JsonNode reply = lab.answer(embedding("{\"input\":[\"a\",\"b\"]}"));

        assertThat(reply).isEqualTo(json("""
                        {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]},
                          {"object":"embedding","index":1,"embedding":[0.25,2]}],"model":"m",
                         "usage":{"prompt_tokens":6,"total_tokens":6}}"""));
    }

    private JsonNode usage(String figures) {
        lab.ollama.on("/api/chat", 200, "{\"message\":{\"content\":\"\"},\"done\":true," + figures + "}");
        return lab.answer(chat("{\"messages\":[]}")).path("usage");
    }
}
