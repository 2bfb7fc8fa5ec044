package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ollama says of itself and its models, and what it refuses. */
@ExtendWith(ShippedWar.class)
class OllamaPagesIT {

    @Test
    void programs_learn_at_the_root_that_it_runs() {
        Http.Reply reply = Http.get("/");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("Ollama is running");
        assertThat(reply.header("content-type")).startsWith("text/plain");
        Http.Reply head = head("/");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void people_find_a_page_at_the_root() {
        Http.Reply reply = Http.send(
                Http.request("/").header("Accept", "text/html,*/*;q=0.8").GET());
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).endsWith("/docs/");
    }

    @Test
    void the_version_is_plain_numbers() {
        assertThat(Http.get("/api/version").json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(head("/api/version").status()).isEqualTo(200);
    }

    @Test
    void models_are_listed_with_tags() {
        JsonNode models = Http.get("/api/tags").json().path("models");
        assertThat(models)
                .extracting(model -> model.path("name").asText())
                .contains("lab/model:8b", "embedder:latest", "llama:latest");
        assertThat(models).allSatisfy(model -> {
            assertThat(model.path("model")).isEqualTo(model.path("name"));
            assertThat(OffsetDateTime.parse(model.path("modified_at").asText())).isNotNull();
            assertThat(model.path("size").isNumber()).isTrue();
            assertThat(model.path("digest").asText()).isNotEmpty();
            assertThat(model.path("details").path("families").isArray()).isTrue();
        });
        assertThat(head("/api/tags").status()).isEqualTo(200);
    }

    @Test
    void every_name_that_is_listed_can_be_asked_for() {
        for (JsonNode model : Http.get("/api/tags").json().path("models")) {
            String name = model.path("name").asText();
            assertThat(Http.post("/api/show", "{'model':'" + name + "'}").status())
                    .as(name)
                    .isEqualTo(200);
        }
    }

    @Test
    void the_list_of_older_clients_has_the_same_names() {
        List<String> names = new ArrayList<>();
        Http.get("/api/tags")
                .json()
                .path("models")
                .forEach(model -> names.add(model.path("name").asText()));
        JsonNode data = Http.get("/api/models").json().path("data");
        assertThat(data).extracting(model -> model.path("id").asText()).isEqualTo(names);
        assertThat(data.path(0).path("root").asText()).isEqualTo("lab/model:8b");
        assertThat(data.path(0).path("model_id")).isEqualTo(data.path(0).path("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'model':'llama'}", "{'name':'LLAMA:latest','verbose':true}", "{'model':'','name':'llama'}"})
    void a_model_is_described(String question) {
        JsonNode shown = Http.post("/api/show", question).json();
        String architecture = shown.at("/model_info/general.architecture").asText();
        assertThat(architecture).isEqualTo("llama");
        assertThat(shown.path("model_info")
                        .path(architecture + ".context_length")
                        .asLong())
                .isPositive();
        assertThat(shown.path("capabilities")).extracting(JsonNode::asText).contains("completion");
        assertThat(shown.path("template").isTextual()).isTrue();
        assertThat(shown.path("parameters").isTextual()).isTrue();
        assertThat(shown.at("/details/family").asText()).isEqualTo("llama");
    }

    @Test
    void copilot_finds_the_name_that_it_asked_for() {
        Http.Reply reply = Http.send(Http.request("/api/show")
                .header("Content-Type", "application/json")
                .header("User-Agent", "GitHubCopilotChat/0.30")
                .POST(BodyPublishers.ofString("{\"model\":\"llama:latest\"}")));
        assertThat(reply.json().at("/model_info/general.basename").asText()).isEqualTo("llama:latest");
    }

    @Test
    void the_running_models_are_a_list() {
        assertThat(Http.get("/api/ps").json().path("models").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/me, 401",
        "POST, /api/signout, 401",
        "DELETE, /api/user/keys/abc, 404",
        "POST, /api/experimental/web_search, 404",
        "POST, /api/experimental/web_fetch, 404",
        "GET, /api/experimental/model-recommendations, 404",
        "GET, /api/no-such-thing, 404",
        "GET, /api/chat, 405",
        "PUT, /api/generate, 405",
        "GET, /api/embed, 405",
        "DELETE, /api/embeddings, 405",
        "POST, /api/tags, 405",
        "POST, /api/version, 405",
        "GET, /api/show, 405",
        "GET, /api/me, 405"
    })
    void what_is_not_there_says_so(String method, String path, int status) {
        Http.Reply reply = Http.send(Http.request(path).method(method, BodyPublishers.noBody()));
        refused(status, reply);
    }

    @Test
    void there_is_no_cloud() {
        assertThat(Http.get("/api/status").json().at("/cloud/disabled").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed", "/api/embeddings", "/api/show"})
    void wrong_requests_are_refused_in_ollamas_words(String path) {
        assertThat(refused(400, Http.post(path, ""))).isEqualTo("missing request body");
        refused(400, Http.post(path, "{"));
        refused(400, Http.post(path, "[]"));
        refused(400, Http.post(path, "{'model':7}"));
        assertThat(refused(400, Http.post(path, "{}"))).isEqualTo("model is required");
        assertThat(refused(404, Http.post(path, "{'model':'no-such','prompt':'a'}")))
                .isEqualTo("model 'no-such' not found");
        refused(413, Http.post(path, "{'model':'" + "x".repeat(1_500_000) + "'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'messages':'Hi'",
                "'messages':[7]",
                "'messages':[{'role':'user','content':{}}]",
                "'messages':[{'role':'user','images':['!']}]",
                "'messages':[{'role':'user'}],'options':{'stop':'x'}",
                "'messages':[{'role':'user'}],'stream':'no'",
                "'messages':[{'role':'user'}],'think':'hard'"
            })
    void wrong_fields_are_refused(String fields) {
        refused(400, Http.post("/api/chat", "{'model':'small'," + fields + "}"));
    }

    @Test
    void a_model_that_embeds_does_not_chat() {
        refused(400, Http.post("/api/chat", "{'model':'embedder','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void a_call_through_a_proxy_is_refused() {
        assertThat(refused(
                        401,
                        Http.send(Http.request("/api/tags")
                                .header("X-Forwarded-For", "203.0.113.7")
                                .GET())))
                .contains("DRAWBRIDGE_ADMIN_KEY");
        assertThat(Http.send(Http.request("/api/health")
                                .header("X-Forwarded-For", "203.0.113.7")
                                .GET())
                        .status())
                .isEqualTo(200);
    }

    /** The words of a refusal. */
    private static String refused(int status, Http.Reply reply) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).matches("application/json; ?charset=utf-8");
        assertThat(reply.header("x-request-id")).isNotEmpty();
        assertThat(reply.json().size()).isEqualTo(1);
        assertThat(reply.json().path("error").isTextual()).isTrue();
        return reply.json().path("error").asText();
    }

    private static Http.Reply head(String path) {
        return Http.send(Http.request(path).method("HEAD", BodyPublishers.noBody()));
    }
}
