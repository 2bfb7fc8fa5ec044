package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of Open WebUI 0.11, in its order and with its fields, and how it reads the answers. */
@ExtendWith(ShippedWar.class)
class OpenWebUiIT {
    private static final String TITLE = "{ \\\"title\\\": \\\"Greeting\\\" }";

    @Test
    void an_ollama_connection_is_verified() {
        Http.Reply reply = get("/api/version");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("application/json");
        String version =
                reply.json().path("version").asText().replaceFirst("^v", "").replaceFirst("-.*", "");
        assertThat(version.split("\\.", -1))
                .allSatisfy(part -> assertThat(Integer.parseInt(part)).isNotNegative());
    }

    @Test
    void its_models_are_listed() {
        JsonNode tags = get("/api/tags").json();
        assertThat(tags.path("models")).isNotEmpty().allSatisfy(model -> {
            assertThat(model.path("model").asText()).isNotEmpty();
            assertThat(model.path("name").asText()).isNotEmpty();
        });
        JsonNode ps = get("/api/ps").json();
        assertThat(ps.path("models").isArray()).isTrue();
        assertThat(ps.path("models"))
                .allSatisfy(model -> assertThat(
                                OffsetDateTime.parse(model.path("expires_at").asText()))
                        .isNotNull());
        assertThat(post("/api/show", "{'model':'lab/model:8b'}").json().isObject())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_chat_is_streamed(Behind behind) {
        behind.saysHello();
        Http.Reply reply = post(
                "/api/chat",
                ("{'model':'%s','messages':[{'role':'system','content':'Be kind.'},{'role':'user','content':'Hi'}],"
                                + "'options':{'temperature':0.8,'num_ctx':2048},'stream':true,"
                                + "'metadata':{'user_id':'u','chat_id':'c','features':{'web_search':false}}}")
                        .formatted(behind.model()));
        assertThat(reply.status()).isEqualTo(200);
        List<JsonNode> lines = OllamaApiIT.lines(reply);
        assertThat(lines.stream()
                        .map(line -> line.at("/message/content").asText())
                        .collect(Collectors.joining()))
                .isEqualTo("Hello world");
        // It takes a line without content that is not the end for the end.
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(
                        line -> assertThat(line.at("/message/content").asText()).isNotEmpty());
        JsonNode end = lines.getLast();
        double seconds = end.path("eval_duration").asLong() / 1e9;
        assertThat(end.path("eval_count").asInt() / seconds).isFinite().isPositive();
        assertThat(end.path("prompt_eval_count").asInt()
                        / (end.path("prompt_eval_duration").asLong() / 1e9))
                .isFinite()
                .isPositive();
        assertThat(end.path("total_duration").asLong()).isPositive();
    }

    /** Title, tags and follow-ups: whole answers, whose length stands beside the options. */
    @ParameterizedTest
    @EnumSource
    void a_chat_gets_its_title_and_tags(Behind behind) {
        says(behind, TITLE);
        for (String options : List.of("'num_predict':1000", "'options':{}", "'format':'json'")) {
            JsonNode answer = post(
                            "/api/chat",
                            ("{'model':'%s','messages':[{'role':'user','content':'### Task: Generate a title'}],"
                                            + "'stream':false,'metadata':{'task':'title_generation'},%s}")
                                    .formatted(behind.model(), options))
                    .json();
            String content = answer.at("/message/content").asText();
            String json = content.substring(content.indexOf('{'), content.lastIndexOf('}') + 1);
            assertThat(Http.json(json).path("title").asText()).isEqualTo("Greeting");
        }
    }

    @Test
    void a_length_beside_the_options_is_kept() {
        says(Behind.AN_OPENAI, TITLE);
        String question = "{'model':'%s','messages':[{'role':'user','content':'x'}],'stream':false,'num_predict':1000}";
        post("/api/chat", question.formatted(Behind.AN_OPENAI.model()));
        assertThat(Behind.AN_OPENAI.asked().path("max_tokens").asInt()).isEqualTo(1000);
        says(Behind.AN_OLLAMA, TITLE);
        post("/api/chat", question.formatted(Behind.AN_OLLAMA.model()));
        assertThat(Behind.AN_OLLAMA.asked().at("/options/num_predict").asInt()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource
    void documents_are_embedded(Behind behind) {
        behind.embeds();
        JsonNode answer = post(
                        "/api/embed", "{'input':['one','two'],'model':'%s','truncate':true}".formatted(behind.model()))
                .json();
        assertThat(answer.path("embeddings")).hasSize(2);
        assertThat(answer.at("/embeddings/0/1").asDouble()).isEqualTo(0.8);
    }

    @ParameterizedTest
    @EnumSource
    void the_unload_button_works(Behind behind) {
        behind.upstream()
                .on(
                        "/api/generate",
                        200,
                        "{\"model\":\"llama:1b\",\"created_at\":\"2026-08-22T10:00:00Z\",\"response\":\"\","
                                + "\"done\":true,\"done_reason\":\"unload\"}");
        Http.Reply reply = post("/api/generate", "{'model':'%s','keep_alive':0,'prompt':''}".formatted(behind.model()));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("done_reason").asText()).isEqualTo("unload");
        assertThat(reply.json().path("model").asText()).isEqualTo(behind.model());
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_is_shown_in_its_words(Behind behind) {
        behind.refuses(429, "Too many requests");
        Http.Reply reply = post(
                "/api/chat",
                "{'model':'%s','messages':[{'role':'user','content':'Hi'}],'stream':true}".formatted(behind.model()));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().path("error").asText()).isEqualTo("Too many requests");
    }

    @ParameterizedTest
    @EnumSource
    void an_openai_connection_works_beside_it(Behind behind) {
        behind.saysHello();
        JsonNode data = get("/v1/models").json().path("data");
        assertThat(data).isNotEmpty().allSatisfy(model -> {
            assertThat(model.path("id").asText()).isNotEmpty();
            assertThat(List.of("pipeline", "info", "tags", "name")).noneMatch(model::has);
        });
        Http.Reply reply = post(
                "/v1/chat/completions",
                "{'model':'%s','messages':[{'role':'user','content':'Hi'}],'stream':true}".formatted(behind.model()));
        assertThat(reply.header("content-type")).contains("text/event-stream");
        assertThat(reply.chunks().stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                        .collect(Collectors.joining()))
                .isEqualTo("Hello world");
        says(behind, TITLE);
        JsonNode title = post(
                        "/v1/chat/completions",
                        ("{'model':'%s','messages':[{'role':'developer','content':'x'},{'role':'user','content':'y'}],"
                                        + "'stream':false,'max_completion_tokens':1000}")
                                .formatted(behind.model()))
                .json();
        assertThat(title.path("choices")).hasSize(1);
        assertThat(title.at("/choices/0/message/content").asText()).contains("\"title\"");
        behind.embeds();
        JsonNode vectors = post("/v1/embeddings", "{'input':['one','two'],'model':'%s'}".formatted(behind.model()))
                .json();
        assertThat(vectors.at("/data/0/embedding/0").asDouble()).isEqualTo(0.6);
    }

    /** @param content as it stands in JSON */
    private static void says(Behind behind, String content) {
        String openai = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"x\",\"choices\":[{"
                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"finish_reason\":\"stop\"}]}";
        String ollama = "{\"model\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"done\":true,\"done_reason\":\"stop\"}";
        behind.upstream().on(World.CHAT, 200, openai).on("/api/chat", 200, ollama);
    }

    private static Http.Reply get(String path) {
        return Http.send(
                Http.request(path).header("Authorization", "Bearer any").GET());
    }

    private static Http.Reply post(String path, String json) {
        return Http.send(Http.request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer any")
                .header("X-OpenWebUI-User-Name", "Ada")
                .header("X-OpenWebUI-User-Role", "user")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
