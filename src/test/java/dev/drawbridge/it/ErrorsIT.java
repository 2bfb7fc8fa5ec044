package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong, and what they are told: always the same JSON, never a page, never a 500. */
@ExtendWith(ShippedWar.class)
class ErrorsIT {
    private static final String MESSAGES = "'messages':[{'role':'user','content':'Hi'}]";
    private static final int TOO_LONG = 1_500_000;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "'text'", "{} {}", "{'model':}", "{'model':'small',"})
    void a_body_that_is_no_json_object_is_refused(String body) {
        assertThat(refused(400, Http.post(World.CHAT, body)).path("message").asText())
                .startsWith("The request body");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'messages':[]}                                    | model            | missing_required_parameter",
                "{'model':''}                                       | model            | missing_required_parameter",
                "{'model':1}                                        | model            | missing_required_parameter",
                "{'model':'small'}                                  | messages         | missing_required_parameter",
                "{'model':'small','messages':null}                  | messages         | missing_required_parameter",
                "{'model':'small','messages':{}}                    | messages         | invalid_type",
                "{'model':'small','messages':[]}                    | messages         | invalid_type",
                "{'model':'small','messages':['Hi']}                | messages[0]      | invalid_type",
                "{'model':'small','messages':[{'role':'usr'}]}      | messages[0].role | invalid_value",
                "{'model':'small','messages':[{'content':'Hi'}]}    | messages[0].role | invalid_value",
            })
    void the_field_at_fault_is_named(String body, String param, String code) {
        JsonNode error = refused(400, Http.post(World.CHAT, body));
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'temperature':'hot'",
                "'stream':'yes'",
                "'n':0",
                "'max_tokens':-1",
                "'tools':{}",
                "'stop':7",
                "'response_format':'json'",
                "'stream_options':[]",
            })
    void a_field_of_the_wrong_type_is_named(String field) {
        JsonNode error = refused(400, Http.post(World.CHAT, "{'model':'small'," + MESSAGES + "," + field + "}"));
        assertThat(error.path("param").asText()).isEqualTo(field.split("'", -1)[1]);
        assertThat(World.LAB.calls()).isEmpty();
    }

    @Test
    void an_unknown_model_is_answered_with_the_nearest_names() {
        JsonNode error = refused(404, Http.post(World.CHAT, "{'model':'lab/modle:8b'," + MESSAGES + "}"));
        assertThat(error.path("message").asText()).contains("lab/modle:8b").contains(World.MODEL);
        assertThat(error.path("code").asText()).isEqualTo("model_not_found");
        assertThat(error.path("param").asText()).isEqualTo("model");
    }

    @Test
    void a_model_for_something_else_says_what_it_is_for() {
        JsonNode error = refused(400, Http.post(World.CHAT, "{'model':'embedder'," + MESSAGES + "}"));
        assertThat(error.path("message").asText()).contains("not a chat model").contains("embeddings");
    }

    @Test
    void a_chat_at_the_address_for_completions_learns_the_right_one() {
        JsonNode error = refused(400, Http.post(World.COMPLETIONS, "{'model':'small'," + MESSAGES + "}"));
        assertThat(error.path("message").asText()).contains("/v1/chat/completions");
    }

    @Test
    void ten_thousand_levels_are_too_deep() {
        String deep = "{'model':'small','messages':" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(refused(400, Http.post(World.CHAT, deep)).path("message").asText())
                .contains("nested");
    }

    @Test
    void text_that_is_not_utf8_is_refused() {
        byte[] body = "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"\u00e9\"}]}"
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(
                400,
                Http.send(Http.request(World.CHAT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain;a=+json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void a_body_of_another_type_is_refused(String type) {
        refused(
                415,
                Http.send(Http.request(World.CHAT).header("Content-Type", type).POST(BodyPublishers.ofString("{}"))));
    }

    @Test
    void a_body_of_no_type_is_refused() {
        JsonNode error = refused(415, Http.send(Http.request(World.CHAT).POST(BodyPublishers.ofString("{}"))));
        assertThat(error.path("message").asText()).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/chat/completions", "DELETE, /v1/embeddings", "PUT, /v1/completions", "POST, /v1/models"})
    void another_method_is_refused(String method, String path) {
        refused(405, Http.send(Http.request(path).method(method, BodyPublishers.noBody())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/nothing", "/v1/chat", "/docs/nothing.js"})
    void an_unknown_address_is_not_found(String path) {
        assertThat(refused(404, Http.get(path)).path("code").asText()).isEqualTo("unknown_url");
    }

    @Test
    void an_address_without_v1_is_told_about_it() {
        assertThat(refused(404, Http.post("/chat/completions", "{}"))
                        .path("message")
                        .asText())
                .contains("/v1");
    }

    @Test
    void a_body_over_the_limit_is_too_large_with_a_length() {
        JsonNode error = refused(413, Http.post(World.CHAT, "{'a':'" + "a".repeat(TOO_LONG) + "'}"));
        assertThat(error.path("code").asText()).isEqualTo("request_too_large");
    }

    @Test
    void a_body_over_the_limit_is_too_large_in_chunks() {
        refused(
                413,
                Http.send(Http.request(World.CHAT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TOO_LONG])))));
    }

    /** Checks all that every refusal has in common. */
    static JsonNode refused(int status, Http.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.header("x-request-id")).isNotEmpty();
        JsonNode error = reply.error();
        assertThat(reply.json().size()).isEqualTo(1);
        assertThat(error.size()).isEqualTo(4);
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        for (String field : new String[] {"param", "code"}) {
            assertThat(error.path(field).isTextual() || error.path(field).isNull())
                    .as(field)
                    .isTrue();
        }
        return error;
    }
}
