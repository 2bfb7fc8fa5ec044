package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models are added and switched while the gateway runs. */
@ExtendWith(ShippedWar.class)
class ModelManagementIT {
    private static final String TINY = "{'model_name':'smollm-tiny','provider_model':'ollama/smollm2:135m'";
    private static final String TAGS =
            "{\"models\":[{\"name\":\"smollm2:135m\",\"size\":270898672},{\"name\":\"llama:1b\",\"size\":1321098329}]}";

    @AfterEach
    void as_it_was() throws Exception {
        if (Files.deleteIfExists(World.MANAGED)) {
            World.configure("");
            assertThat(Waiting.until(
                            Duration.ofSeconds(5), () -> ids().contains("llama") && !ids().contains("smollm-tiny")))
                    .isTrue();
        }
    }

    @Test
    void what_is_downloaded_is_listed_with_its_size_and_what_is_configured_once() {
        World.OLLAMA.on("/api/tags", 200, TAGS);

        assertThat(Http.get("/models").json())
                .extracting(model -> String.join(
                        " ",
                        model.path("name").asText(),
                        model.path("size").asText(),
                        model.path("type").asText(),
                        model.path("configured").asText()))
                .contains("smollm2:135m 270 MB ollama false", "llama:1b 1.3 GB ollama true", "adapted N/A openai true")
                .doesNotHaveDuplicates()
                .noneMatch(model -> model.startsWith("llama "));
    }

    @Test
    void an_added_model_answers_at_once_and_the_earlier_one_of_ollama_is_out() {
        World.OLLAMA.on("/api/tags", 200, TAGS);
        World.OLLAMA.on(
                "/api/chat",
                200,
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":true,"
                        + "\"done_reason\":\"stop\"}");

        Http.Reply reply = manage(TINY + ",'no_restart':false}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(Http.json("{\"message\":\"モデル smollm-tiny を 追加 しました、再起動しました: litellm\","
                        + "\"status\":\"success\",\"operation\":\"追加\",\"is_ollama\":true}"));
        assertThat(Http.post(World.CHAT, "{'model':'smollm-tiny','messages':[{'role':'user','content':'Hi'}]}")
                        .status())
                .isEqualTo(200);
        assertThat(Http.json(World.OLLAMA.lastCall().body()).path("model").asText())
                .isEqualTo("smollm2:135m");
        assertThat(ids()).doesNotContain("llama").contains(World.MODEL, "careful", "adapted");
        assertThat(World.MANAGED).exists();
        assertThat(AuditIT.last("model", "smollm-tiny")).startsWith("add ").contains("\"provider_model\"");
    }

    @Test
    void what_was_taken_out_can_be_switched_to() {
        manage(TINY + "}");

        JsonNode answer = manage("{'model_name':'llama'}").json();

        assertThat(answer.path("operation").asText()).isEqualTo("切り替え");
        assertThat(ids()).contains("llama").doesNotContain("smollm-tiny");
    }

    @Test
    void without_a_restart_a_change_is_only_stored() {
        assertThat(manage(TINY + ",'no_restart':true}").json().path("message").asText())
                .isEqualTo("モデル smollm-tiny を 追加 しました");

        assertThat(ids()).contains("llama").doesNotContain("smollm-tiny");
        assertThat(Http.get("/config").header("x-drawbridge-pending")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {} | モデル名は必須です",
                "400 | {'model_name':''} | モデル名は必須です",
                "400 | {'model_name':'m','provider_model':'phi3'}"
                        + " | provider_modelはプロバイダー/モデル名 の形式で指定してください（例: ollama/phi3, openai/gpt-4）",
                "400 | {'model_name':'m','provider_model':'ollama/x','no_restart':'no'}"
                        + " | no_restart は true または false で指定してください",
                "404 | {'model_name':'nope'} | モデル nope は設定に存在しません",
            })
    void refusals_have_their_status_and_a_text(int status, String body, String detail) {
        Http.Reply reply = manage(body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("detail").asText()).isEqualTo(detail);
        assertThat(reply.json().size()).isEqualTo(1);
        assertThat(World.MANAGED).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-CH, fr;q=0.9 | Le modèle nope n’existe pas dans la configuration",
                "en-US | The model nope is not in the configuration",
                "* | モデル nope は設定に存在しません",
            })
    void texts_are_in_the_language_of_who_asks(String language, String detail) {
        Http.Reply reply = Http.send(Http.request("/models/manage")
                .header("Content-Type", "application/json")
                .header("Accept-Language", language)
                .POST(BodyPublishers.ofString("{\"model_name\":\"nope\"}")));

        assertThat(reply.json().path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void the_configuration_is_shown_without_its_secrets() {
        Http.Reply reply = Http.get("/config");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain(World.LAB_KEY);
        assertThat(reply.json().at("/upstreams/0/api-key").asText()).isEqualTo("***");
        assertThat(reply.json().at("/models/0/id").asText()).isEqualTo(World.MODEL);
    }

    @Test
    void a_change_thought_out_for_an_older_configuration_is_refused() {
        String seen = Http.get("/config").header("etag");
        assertThat(manage("{'model_name':'a','provider_model':'lab/a'}", seen).status())
                .isEqualTo(200);

        assertThat(manage("{'model_name':'b','provider_model':'lab/b'}", seen).status())
                .isEqualTo(412);
        assertThat(ids()).contains("a").doesNotContain("b");
    }

    @Test
    void strangers_are_refused_everywhere() {
        for (String path : List.of(
                "/models", "/config", "/admin/v1/diagnosis", "/admin/v1/upstreams/health", "/api/endpoints/status")) {
            Http.Reply reply = Http.send(
                    Http.request(path).header("X-Forwarded-For", "203.0.113.7").GET());
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.json().path("detail").asText()).contains("DRAWBRIDGE_ADMIN_KEY");
        }
        assertThat(Http.send(Http.request("/models/manage")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{\"model_name\":\"llama\"}")))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void the_diagnosis_tells_each_upstream() {
        World.OLLAMA.on("/api/tags", 200, TAGS);
        World.LAB.on("/v1/models", 401, "{\"error\":{\"message\":\"bad key " + World.LAB_KEY + "\"}}");
        World.SPARE.on("/v1/models", 200, "{\"data\":[{\"id\":\"a\"}]}");

        Http.Reply reply = Http.get("/admin/v1/diagnosis");

        assertThat(reply.json().path("status").asText()).isEqualTo("partial");
        assertThat(reply.body()).doesNotContain(World.LAB_KEY);
        assertThat(reply.json().path("upstreams"))
                .extracting(upstream -> String.join(
                        " ",
                        upstream.path("name").asText(),
                        upstream.path("reachable").asText(),
                        upstream.path("authorised").asText(),
                        upstream.path("models").asText()))
                .contains("lab true false null", "spare true true 1", "ollama true true 2", "dead false null null");
    }

    @Test
    void monitors_get_the_same_by_name() {
        World.SPARE.on("/v1/models", 500, "{}");

        JsonNode status = Http.get("/api/endpoints/status").json();

        assertThat(status.path("status").asText()).isIn("partial", "error");
        assertThat(status.at("/endpoints/spare/status_code").asInt()).isEqualTo(500);
        assertThat(status.at("/endpoints/spare/url").asText()).isEqualTo(World.SPARE.url() + "/v1");
        assertThat(status.at("/endpoints/dead/status_code").isNull()).isTrue();
        assertThat(status.at("/endpoints/dead/status").asText()).isEqualTo("error");
        assertThat(status.at("/endpoints/dead/response_time_ms").isNumber()).isTrue();
    }

    private static Http.Reply manage(String body) {
        return Http.post("/models/manage", body);
    }

    private static Http.Reply manage(String body, String revision) {
        return Http.send(Http.request("/models/manage")
                .header("Content-Type", "application/json")
                .header("If-Match", revision)
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private static List<String> ids() {
        return StreamSupport.stream(Http.get("/v1/models").json().path("data").spliterator(), false)
                .map(model -> model.path("id").asText())
                .toList();
    }
}
