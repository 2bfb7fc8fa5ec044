package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A first start with nothing: no file, no key, no network. The demo answers everything. */
class FirstStartIT {
    private static final String TOOLS =
            ",'tools':[{'type':'function','function':{'name':'get_weather','parameters':{'type':'object',"
                    + "'properties':{'city':{'type':'string'}},'required':['city']}}}]";

    private static BareServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = BareServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_demo_is_listed() {
        JsonNode data = Http.get(server.url("/v1/models")).json().path("data");
        assertThat(data).extracting(model -> model.path("id").asText()).containsExactly("demo", "demo-embedding");
    }

    @Test
    void it_is_ready_and_its_page_is_there() {
        assertThat(Http.get(server.url("/health/ready")).status()).isEqualTo(200);
        assertThat(Http.get(server.url("/docs/")).status()).isEqualTo(200);
    }

    @Test
    void it_chats() {
        JsonNode answer = ask("").json();
        assertThat(answer.at("/choices/0/message/content").asText())
                .contains("demo")
                .contains("What is the weather?");
        assertThat(answer.at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void it_streams() {
        Http.Reply reply = ask(",'stream':true,'stream_options':{'include_usage':true}");
        assertThat(reply.body()).endsWith("data: [DONE]\n\n");
        assertThat(reply.chunks().stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                        .collect(Collectors.joining()))
                .isEqualTo(ask("").json().at("/choices/0/message/content").asText());
        assertThat(reply.chunks().getLast().at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void it_calls_tools() {
        JsonNode choice = ask(TOOLS).json().at("/choices/0");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/tool_calls/0/function/name").asText()).isEqualTo("get_weather");
        assertThat(Http.json(choice.at("/message/tool_calls/0/function/arguments")
                                .asText())
                        .has("city"))
                .isTrue();
    }

    @Test
    void it_answers_json() {
        assertThat(content(ask(",'response_format':{'type':'json_object'}")).isObject())
                .isTrue();
        JsonNode filled = content(ask(",'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
                + "{'type':'object','properties':{'n':{'type':'integer'}},'required':['n']}}}"));
        assertThat(filled.path("n").isIntegralNumber()).isTrue();
    }

    @Test
    void it_embeds() {
        JsonNode answer = Http.post(server.url(World.EMBEDDINGS), "{'model':'demo-embedding','input':['a','b']}")
                .json();
        assertThat(answer.path("data")).hasSize(2);
        assertThat(answer.at("/data/0/embedding/0").isNumber()).isTrue();
    }

    @Test
    void it_says_what_it_found_and_where_it_listens() throws IOException {
        assertThat(server.output())
                .contains("Drawbridge is up.")
                .contains("/v1")
                .contains("demo")
                .contains("no configuration file");
    }

    private static Http.Reply ask(String more) {
        String question = "{'model':'demo','messages':[{'role':'user','content':'What is the weather?'}]";
        return Http.post(server.url(World.CHAT), question + more + "}");
    }

    private static JsonNode content(Http.Reply reply) {
        return Http.json(reply.json().at("/choices/0/message/content").asText());
    }
}
