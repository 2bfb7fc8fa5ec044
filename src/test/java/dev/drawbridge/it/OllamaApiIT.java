package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ollama's operations that ask a model, in front of whoever stands behind it. */
@ExtendWith(ShippedWar.class)
class OllamaApiIT {
    private static final String HI = "'messages':[{'role':'user','content':'Hi'}]";

    @ParameterizedTest
    @EnumSource
    void a_chat_is_streamed_unless_told_not_to(Behind behind) {
        behind.saysHello();
        Http.Reply reply = ask("/api/chat", behind, HI);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(reply.body()).endsWith("}\n").doesNotContain("\n\n").doesNotContain("\"error\"");
        List<JsonNode> lines = lines(reply);
        assertThat(lines)
                .extracting(line -> line.at("/message/content").asText())
                .containsExactly("Hello", " world", "");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("model").asText()).isEqualTo(behind.model()));
        assertThat(lines).extracting(line -> line.path("done").asBoolean()).containsExactly(false, false, true);
        assertFigures(lines.getLast());
        assertThat(reply.header("x-drawbridge-attempts")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void a_chat_is_answered_whole(Behind behind) {
        behind.saysHello();
        Http.Reply reply = ask("/api/chat", behind, HI + ",'stream':false");
        assertThat(reply.header("content-type")).matches("application/json; ?charset=utf-8");
        assertThat(reply.json().at("/message/content").asText()).isEqualTo("Hello world");
        assertThat(reply.json().path("model").asText()).isEqualTo(behind.model());
        assertFigures(reply.json());
    }

    @ParameterizedTest
    @EnumSource
    void a_prompt_is_answered(Behind behind) {
        behind.saysHello();
        List<JsonNode> lines = lines(ask("/api/generate", behind, "'prompt':'Hi','system':'Be short.'"));
        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("Hello", " world", "");
        assertFigures(lines.getLast());
        JsonNode whole =
                ask("/api/generate", behind, "'prompt':'Hi','stream':false").json();
        assertThat(whole.path("response").asText()).isEqualTo("Hello world");
        assertFigures(whole);
    }

    @ParameterizedTest
    @EnumSource
    void a_raw_prompt_is_continued(Behind behind) {
        behind.saysHello();
        JsonNode whole = ask("/api/generate", behind, "'prompt':'Hi','raw':true,'stream':false")
                .json();
        assertThat(whole.path("response").asText()).isEqualTo("Hello world");
        assertThat(behind.asked().path("prompt").asText()).isEqualTo("Hi");
    }

    @ParameterizedTest
    @EnumSource
    void thoughts_and_tool_calls_are_told(Behind behind) {
        behind.thinksAndCallsTheWeather();
        String tools = ",'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object'}}}]";
        List<JsonNode> lines = lines(ask("/api/chat", behind, HI + tools));
        assertThat(lines.get(0).at("/message/thinking").asText()).isEqualTo("hm");
        assertThat(lines.get(1).at("/message/tool_calls/0"))
                .isEqualTo(
                        Http.json("{'id':'call_a','function':{'index':0,'name':'weather','arguments':{'city':'Paris'}}}"
                                .replace('\'', '"')));
        assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("stop");
        JsonNode whole =
                ask("/api/chat", behind, HI + tools + ",'stream':false").json();
        assertThat(whole.at("/message/thinking").asText()).isEqualTo("hm");
        assertThat(whole.at("/message/tool_calls/0/function/arguments/city").asText())
                .isEqualTo("Paris");
    }

    @ParameterizedTest
    @EnumSource
    void texts_become_vectors(Behind behind) {
        behind.embeds();
        JsonNode answer = ask("/api/embed", behind, "'input':['a','b']").json();
        assertThat(answer.path("embeddings").toString()).isEqualTo("[[0.6,0.8],[1.0,0.0]]");
        assertThat(answer.path("prompt_eval_count").asInt()).isEqualTo(2);
        assertThat(answer.path("total_duration").asLong()).isPositive();
        assertThat(ask("/api/embeddings", behind, "'prompt':'a'").json().toString())
                .isEqualTo("{\"embedding\":[0.6,0.8]}");
        behind.upstream().forget();
        assertThat(ask("/api/embed", behind, "'input':[]").json().path("embeddings"))
                .isEmpty();
        assertThat(behind.upstream().calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_first_line_leaves_at_once(Behind behind) throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        boolean ollama = behind == Behind.AN_OLLAMA;
        String line = "{\"model\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":%s}\n";
        behind.upstream().on(ollama ? "/api/chat" : World.CHAT, (call, answer) -> {
            answer.start(200, ollama ? "application/x-ndjson" : "text/event-stream");
            answer.chunk(ollama ? line.formatted("Hel", false) : "data: " + Said.text("Hel") + "\n\n");
            boolean inTime = read.await(9, TimeUnit.SECONDS);
            String end = inTime ? "lo" : "p";
            answer.chunk(ollama ? line.formatted(end, true) : "data: " + Said.text(end) + "\n\ndata: [DONE]\n\n")
                    .end();
        });
        try (Wire wire = new Wire()) {
            Wire.Head head = wire.post("/api/chat", body(behind, HI)).head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(wire.chunk()).contains("\"Hel\"").endsWith("}\n");
            read.countDown();
            assertThat(wire.chunks()).contains("\"lo\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_after_the_first_line_is_a_line(Behind behind) {
        behind.breaksOff();
        Http.Reply reply = ask("/api/chat", behind, HI);
        List<JsonNode> lines = lines(reply);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().at("/message/content").asText()).isEqualTo("Hel");
        assertThat(lines.getLast().path("error").asText()).isNotBlank();
        assertThat(lines.getLast().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_before_the_first_line_has_its_status(Behind behind) {
        for (int status : List.of(400, 404, 429, 503)) {
            behind.refuses(status, "not so fast");
            for (String stream : List.of("true", "false")) {
                World.forgive();
                Http.Reply reply = ask("/api/chat", behind, HI + ",'stream':" + stream);
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.json().path("error").asText()).isEqualTo("not so fast");
                assertThat(reply.header("content-type")).startsWith("application/json");
            }
        }
    }

    @Test
    void an_ollama_gets_the_clients_own_words() {
        Behind.AN_OLLAMA.saysHello();
        ask("/api/chat", Behind.AN_OLLAMA, HI + ",'options':{'num_ctx':64},'fresh':{'a':1},'keep_alive':'1h'");
        assertThat(Behind.AN_OLLAMA.asked().toString())
                .isEqualTo(("{'model':'llama:1b',%s,'options':{'num_ctx':64},'fresh':{'a':1},'keep_alive':'1h',"
                                + "'stream':true}")
                        .formatted(HI)
                        .replace('\'', '"'));
        ask("/api/generate", Behind.AN_OLLAMA, "'prompt':'','keep_alive':0");
        assertThat(Behind.AN_OLLAMA.asked().path("keep_alive").asInt(9)).isZero();
    }

    @Test
    void an_openai_gets_its_own_words() {
        Behind.AN_OPENAI.saysHello();
        ask(
                "/api/chat",
                Behind.AN_OPENAI,
                "'messages':[{'role':'user','content':'What?','images':['iVBORw0KGgo=']}],'format':'json','fresh':1,"
                        + "'options':{'num_ctx':64,'num_predict':7,'stop':['x']},'keep_alive':'1h','think':'low'");
        JsonNode asked = Behind.AN_OPENAI.asked();
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(7);
        assertThat(asked.at("/response_format/type").asText()).isEqualTo("json_object");
        assertThat(asked.path("reasoning_effort").asText()).isEqualTo("low");
        assertThat(asked.at("/messages/0/content/1/image_url/url").asText())
                .isEqualTo("data:image/png;base64,iVBORw0KGgo=");
        assertThat(asked.has("options") || asked.has("fresh") || asked.has("keep_alive"))
                .isFalse();
    }

    @Test
    void a_body_needs_no_type_unless_a_web_page_sends_it() {
        Behind.AN_OPENAI.saysHello();
        String question = body(Behind.AN_OPENAI, HI + ",'stream':false").replace('\'', '"');
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain")) {
            assertThat(Http.send(Http.request("/api/chat")
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString(question)))
                            .status())
                    .isEqualTo(200);
            assertThat(Http.send(Http.request("/api/chat")
                                    .header("Content-Type", type)
                                    .header("Origin", "https://app.example")
                                    .POST(BodyPublishers.ofString(question)))
                            .status())
                    .isEqualTo(415);
        }
    }

    private static Http.Reply ask(String path, Behind behind, String fields) {
        return Http.post(path, body(behind, fields));
    }

    private static String body(Behind behind, String fields) {
        return "{'model':'" + behind.model() + "'," + fields + "}";
    }

    static List<JsonNode> lines(Http.Reply reply) {
        return reply.body().lines().map(Http::json).toList();
    }

    private static void assertFigures(JsonNode end) {
        assertThat(end.path("done").asBoolean()).isTrue();
        assertThat(end.path("done_reason").asText()).isEqualTo("stop");
        assertThat(end.path("prompt_eval_count").asInt()).isEqualTo(3);
        assertThat(end.path("eval_count").asInt()).isEqualTo(2);
        for (String name : List.of("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")) {
            assertThat(end.path(name).asLong()).as(name).isPositive();
        }
    }
}
