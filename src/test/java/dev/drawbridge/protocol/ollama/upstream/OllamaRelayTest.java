package dev.drawbridge.protocol.ollama.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.adaptation.AdaptationRules;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of Ollama's clients to an Ollama: it gets their own words, and they get its own. */
class OllamaRelayTest {
    private static final String CHAT_HUB = "{'model':'llama3:latest','messages':[{'role':'user','content':'Hi'}]%s}";
    private static final String ANSWER = "{'model':'llama3:latest','created_at':'2026-08-22T10:00:00Z',"
            + "'message':{'role':'assistant','content':'Hello'},'done':true,'done_reason':'stop','fresh':{'a':1},"
            + "'prompt_eval_count':3,'eval_count':2}";

    private final OllamaLab lab = new OllamaLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void the_clients_own_document_is_sent_with_the_upstreams_name_of_the_model() {
        answers("/api/chat", ANSWER);
        ask(chat(
                "",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'stream':true,'fresh':[1],"
                        + "'options':{'num_ctx':64,'num_predict':-1},'keep_alive':'5m','truncate':false}"));
        assertThat(lab.asked())
                .isEqualTo(
                        Lab.json(
                                "{'model':'llama3:latest','messages':[{'role':'user','content':'Hi'}],'stream':false,"
                                        + "'fresh':[1],'options':{'num_ctx':64,'num_predict':-1},'keep_alive':'5m','truncate':false}"));
    }

    @Test
    void limits_of_the_gateway_hold() {
        answers("/api/chat", ANSWER);
        String document = "{'model':'m','options':{'num_ctx':64,'num_predict':5000}}";
        ask(chat(",'max_tokens':100", document));
        assertThat(lab.asked().path("options")).isEqualTo(Lab.json("{'num_ctx':64,'num_predict':100}"));
        ask(chat(",'max_completion_tokens':50", "{'model':'m'}"));
        assertThat(lab.asked().path("options")).isEqualTo(Lab.json("{'num_predict':50}"));
    }

    @Test
    void an_answer_carries_the_upstreams_own_document_and_the_hubs_form_of_it() {
        answers("/api/chat", ANSWER);
        ModelReply reply = ask(chat("", "{'model':'m'}"));
        assertThat(reply.original()).contains(Lab.object(ANSWER));
        assertThat(reply.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText())
                .isEqualTo("Hello");
        assertThat(reply.usage())
                .hasValueSatisfying(usage -> assertThat(usage.output()).isEqualTo(2));
    }

    @Test
    void plain_questions_stay_plain_whatever_the_hub_calls_them() {
        answers("/api/generate", "{'model':'x','response':'Hello','thinking':'hm','done':true,'context':[1]}");
        Original original = new Original("ollama/generate", Lab.object("{'model':'m','prompt':'Hi'}"));
        ModelReply reply = ask(new ChatRequest(Lab.object(CHAT_HUB.formatted("")), Optional.of(original)));
        assertThat(lab.asked().path("prompt").asText()).isEqualTo("Hi");
        JsonNode message = reply.json().path("choices").path(0).path("message");
        assertThat(message.path("content").asText()).isEqualTo("Hello");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("hm");
        ObjectNode completion = Lab.object("{'model':'llama3:latest','prompt':'Hi'}");
        reply = ask(new CompletionRequest(completion, Optional.of(original)));
        assertThat(reply.json().path("choices").path(0).path("text").asText()).isEqualTo("Hello");
        assertThat(reply.original())
                .hasValueSatisfying(own -> assertThat(own.has("context")).isTrue());
    }

    @Test
    void both_operations_that_embed_are_relayed() {
        answers("/api/embed", "{'model':'x','embeddings':[[1.0]],'prompt_eval_count':1}");
        answers("/api/embeddings", "{'embedding':[3.0]}");
        ObjectNode hub = Lab.object("{'model':'llama3:latest','input':'a'}");
        ModelReply reply = ask(new EmbeddingRequest(
                hub,
                Optional.of(new Original("ollama/embed", Lab.object("{'model':'m','input':'a','truncate':true}")))));
        assertThat(lab.asked().path("truncate").asBoolean()).isTrue();
        assertThat(reply.json().path("data").path(0).path("embedding")).isEqualTo(Lab.json("[1.0]"));
        reply = ask(new EmbeddingRequest(
                hub, Optional.of(new Original("ollama/embeddings", Lab.object("{'model':'m','prompt':'a'}")))));
        assertThat(lab.asked().path("prompt").asText()).isEqualTo("a");
        assertThat(reply.json().path("data").path(0).path("embedding")).isEqualTo(Lab.json("[3.0]"));
        assertThat(reply.original()).contains(Lab.object("{'embedding':[3.0]}"));
    }

    @Test
    void every_line_of_a_stream_is_carried_by_one_chunk() {
        List<String> lines = List.of(
                "{'model':'x','message':{'role':'assistant','content':'Hel','thinking':'hm'},'done':false}",
                "{'model':'x','message':{'role':'assistant','content':''},'done':false,'fresh':1}",
                "{'model':'x','message':{'role':'assistant','content':'lo'},'done':false}",
                "{'model':'x','message':{'role':'assistant','content':''},'done':true,'done_reason':'stop','eval_count':2}");
        lab.ollama.on("/api/chat", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            for (String line : lines) {
                answer.chunk(line.replace('\'', '"') + "\n");
            }
            answer.end();
        });
        List<ObjectNode> carried = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        try (ModelStream stream =
                lab.provider.stream(lab.target(), chat("", "{'model':'m','stream':true}"), new CallScope())) {
            for (Optional<ModelChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                next.get().original().ifPresent(carried::add);
                said.append(next.get()
                        .json()
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText());
            }
        }
        assertThat(carried).isEqualTo(lines.stream().map(Lab::object).toList());
        assertThat(said).hasToString("Hello");
        assertThat(lab.asked().path("stream").asBoolean()).isTrue();
    }

    @Test
    void rules_of_an_administrator_hold_so_the_hubs_form_is_sent() {
        answers("/api/chat", ANSWER);
        Target plain = lab.target();
        Target ruled = new Target(
                plain.upstream(),
                plain.model(),
                plain.facts(),
                List.of(AdaptationRules.rule(Lab.json("{'drop':['seed']}"))));
        ModelReply reply = lab.provider.answer(ruled, chat("", "{'model':'m','options':{'seed':7}}"), new CallScope());
        assertThat(lab.asked().has("options")).isFalse();
        assertThat(reply.original()).isEmpty();
    }

    @Test
    void documents_of_other_dialects_are_none_of_an_ollamas() {
        answers("/api/chat", ANSWER);
        Original original = new Original("anthropic/messages", Lab.object("{'model':'m','max_tokens':1}"));
        ModelReply reply = ask(new ChatRequest(Lab.object(CHAT_HUB.formatted("")), Optional.of(original)));
        assertThat(lab.asked().has("max_tokens")).isFalse();
        assertThat(reply.original()).isEmpty();
    }

    private void answers(String path, String json) {
        lab.ollama.on(path, 200, json.replace('\'', '"'));
    }

    private ModelReply ask(ModelRequest request) {
        return lab.provider.answer(lab.target(), request, new CallScope());
    }

    /** A chat with more fields in the hub's form, and the client's own document. */
    private static ChatRequest chat(String hubFields, String document) {
        return new ChatRequest(
                Lab.object(CHAT_HUB.formatted(hubFields)),
                Optional.of(new Original("ollama/chat", Lab.object(document))));
    }
}
