package dev.drawbridge.protocol.ollama.upstream;

import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.chat;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.completion;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.embedding;
import static dev.drawbridge.protocol.ollama.upstream.OllamaLab.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaRequestsTest {
    private final OllamaRequests requests = new OllamaRequests(new OllamaMessages(new ImageFetcher()));

    @Test
    void a_developer_is_a_system_and_text_parts_become_one_text() {
        JsonNode messages = messages("""
                [{"role":"developer","content":"Be brief."},
                 {"role":"user","content":[{"type":"text","text":"One."},{"type":"text","text":"Two."}]},
                 {"role":"assistant","content":null,"reasoning_content":"hm"}]""");

        assertThat(messages).isEqualTo(json("""
                        [{"role":"system","content":"Be brief."},{"role":"user","content":"One.\\nTwo."},
                         {"role":"assistant","content":"","thinking":"hm"}]"""));
    }

    @Test
    void an_image_in_a_data_uri_stands_beside_the_text_without_its_prefix() {
        JsonNode messages = messages("""
                [{"role":"user","content":[{"type":"text","text":"What is it?"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo","detail":"low"}},
                 {"type":"image_url","image_url":"data:;base64,/9j/"}]}]""");

        assertThat(messages).isEqualTo(json("""
                        [{"role":"user","content":"What is it?","images":["iVBORw0KGgo=","/9j/"]}]"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png,plain",
                "data:image/png;base64,***",
                "http://127.0.0.1/x.png",
                "http://169.254.169.254/latest",
                "file:///etc/passwd",
                ""
            })
    void an_image_that_cannot_be_had_is_the_clients_mistake(String url) {
        GatewayException refusal = refusal(chat("""
                        {"messages":[{"role":"user","content":[{"type":"text","text":"?"},
                         {"type":"image_url","image_url":{"url":"%s"}}]}]}""".formatted(url)));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.param()).contains("messages[0].content[1].image_url");
    }

    @Test
    void an_image_at_an_address_is_fetched() {
        try (FakeUpstream site = new FakeUpstream()) {
            site.on("/a.gif", (call, answer) -> answer.whole(200, "image/gif", "GIF89a"));
            ImageFetcher anywhere = new ImageFetcher(address -> true, Duration.ofSeconds(5));
            JsonNode messages = json("""
                    [{"role":"user","content":[{"type":"image_url","image_url":{"url":"%s/a.gif"}}]}]""".formatted(site.url()));

            assertThat(new OllamaMessages(anywhere).messages(messages))
                    .isEqualTo(json("[{\"role\":\"user\",\"content\":\"\",\"images\":[\"R0lGODlh\"]}]"));
        }
    }

    @Test
    void sound_goes_where_Ollama_looks_for_it() {
        JsonNode messages = messages("""
                [{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]""");

        assertThat(messages.at("/0/images")).isEqualTo(json("[\"AAAA\"]"));
    }

    @Test
    void a_part_that_Ollama_has_no_place_for_is_refused() {
        GatewayException refusal = refusal(chat("""
                        {"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]}"""));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED_PARAMETER);
        assertThat(refusal.param()).contains("messages[0].content[0].type");
    }

    @Test
    void tool_calls_have_objects_as_arguments_and_their_results_a_name() {
        JsonNode messages = messages("""
                [{"role":"assistant","content":null,"tool_calls":[
                   {"id":"a","type":"function","function":{"name":"time","arguments":""}},
                   {"id":"b","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Brest\\"}"}}]},
                 {"role":"tool","tool_call_id":"b","content":"rain"},
                 {"role":"tool","tool_call_id":"z","content":[{"type":"text","text":"lost"}]}]""");

        assertThat(messages).isEqualTo(json("""
                        [{"role":"assistant","content":"","tool_calls":[
                           {"id":"a","function":{"index":0,"name":"time","arguments":{}}},
                           {"id":"b","function":{"index":1,"name":"weather","arguments":{"city":"Brest"}}}]},
                         {"role":"tool","content":"rain","tool_name":"weather","tool_call_id":"b"},
                         {"role":"tool","content":"lost","tool_call_id":"z"}]"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\\\"city\\\":", "[]", "no"})
    void arguments_that_are_no_object_are_refused_by_place(String arguments) {
        GatewayException refusal = refusal(chat("""
                        {"messages":[{"role":"user","content":"?"},{"role":"assistant","tool_calls":[
                          {"id":"a","function":{"name":"f","arguments":"%s"}}]}]}""".formatted(arguments)));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.param()).contains("messages[1].tool_calls[0].function.arguments");
    }

    @Test
    void tools_are_passed_unless_the_client_wants_none_used() {
        String tools = """
                {"messages":[],"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":%s}""";

        assertThat(body(chat(tools.formatted("\"required\""))).path("tools")).hasSize(1);
        assertThat(body(chat(tools.formatted("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"))))
                .contains(json("[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"));
        assertThat(body(chat(tools.formatted("\"none\""))).has("tools")).isFalse();
    }

    @Test
    void sampling_becomes_options() {
        JsonNode body = body(chat("""
                        {"messages":[],"temperature":0.1,"top_p":0.2,"top_k":3,"min_p":0.4,"seed":5,"presence_penalty":0.6,
                         "frequency_penalty":0.7,"repetition_penalty":1.1,"num_ctx":8192,"stop":"END","max_tokens":9,
                         "user":"u","logit_bias":{"1":2},"temperature_unknown":1,"keep_alive":"5m"}"""));

        assertThat(body.path("options")).isEqualTo(json("""
                        {"repeat_penalty":1.1,"temperature":0.1,"top_p":0.2,"top_k":3,"min_p":0.4,"seed":5,
                         "presence_penalty":0.6,"frequency_penalty":0.7,"num_ctx":8192,"stop":["END"],"num_predict":9}"""));
        assertThat(body.path("keep_alive").asText()).isEqualTo("5m");
        assertThat(body.fieldNames()).toIterable().containsExactly("model", "messages", "keep_alive", "options");
    }

    @Test
    void options_of_the_clients_own_stay_but_do_not_exceed_the_limit() {
        assertThat(options("{\"options\":{\"mirostat\":1,\"seed\":1},\"seed\":2,\"stop\":[\"a\",\"b\"]}"))
                .isEqualTo(json("{\"mirostat\":1,\"seed\":2,\"stop\":[\"a\",\"b\"]}"));
        assertThat(options("{\"options\":{\"num_predict\":-1},\"max_tokens\":7,\"max_completion_tokens\":5}"))
                .isEqualTo(json("{\"num_predict\":5}"));
        assertThat(options("{\"options\":{\"num_predict\":900},\"max_tokens\":500}"))
                .isEqualTo(json("{\"num_predict\":500}"));
        assertThat(options("{\"options\":{\"num_predict\":3},\"max_tokens\":500}"))
                .isEqualTo(json("{\"num_predict\":3}"));
        assertThat(options("{\"temperature\":null,\"stop\":null}").isMissingNode())
                .isTrue();
    }

    @Test
    void response_format_becomes_format() {
        assertThat(field("format", "{\"response_format\":{\"type\":\"json_object\"}}"))
                .isEqualTo(json("\"json\""));
        assertThat(
                        field(
                                "format",
                                "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}}"))
                .isEqualTo(json("{\"type\":\"object\"}"));
        assertThat(field("format", "{\"response_format\":{\"type\":\"text\"}}").isMissingNode())
                .isTrue();
        assertThat(refusal(chat("{\"response_format\":{\"type\":\"json_schema\"}}"))
                        .param())
                .contains("response_format.json_schema.schema");
    }

    @ParameterizedTest
    @CsvSource({
        "none,false",
        "minimal,'\"low\"'",
        "low,'\"low\"'",
        "medium,'\"medium\"'",
        "high,'\"high\"'",
        "xhigh,'\"max\"'"
    })
    void reasoning_effort_becomes_think(String effort, String think) {
        assertThat(field("think", "{\"reasoning_effort\":\"" + effort + "\"}")).isEqualTo(json(think));
    }

    @Test
    void think_and_logprobs_pass() {
        JsonNode body = body(chat("{\"messages\":[],\"think\":true,\"logprobs\":true,\"top_logprobs\":2}"));

        assertThat(body.path("think").asBoolean()).isTrue();
        assertThat(body.path("logprobs").asBoolean()).isTrue();
        assertThat(body.path("top_logprobs").asInt()).isEqualTo(2);
        assertThat(refusal(chat("{\"reasoning_effort\":\"lots\"}")).param()).contains("reasoning_effort");
    }

    @Test
    void a_prompt_is_continued_as_it_stands_and_a_gap_filled_by_template() {
        assertThat(body(completion("{\"prompt\":\"def\",\"max_tokens\":4,\"logprobs\":2}")))
                .isEqualTo(json("""
                        {"model":"llama3:latest","prompt":"def","raw":true,"logprobs":true,"top_logprobs":2,
                         "options":{"num_predict":4}}"""));
        assertThat(body(completion("{\"prompt\":[\"def\"],\"suffix\":\"end\"}")))
                .isEqualTo(json("{\"model\":\"llama3:latest\",\"prompt\":\"def\",\"suffix\":\"end\"}"));
        assertThat(body(completion("{\"prompt\":\"def\",\"raw\":false}"))
                        .path("raw")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void what_would_need_several_answers_is_refused_by_name() {
        assertUnsupported(chat("{\"messages\":[],\"n\":2}"), "n");
        assertUnsupported(completion("{\"prompt\":\"a\",\"n\":2}"), "n");
        assertUnsupported(completion("{\"prompt\":\"a\",\"best_of\":2}"), "best_of");
        assertUnsupported(completion("{\"prompt\":[\"a\",\"b\"]}"), "prompt");
        assertUnsupported(completion("{\"prompt\":[1,2]}"), "prompt");
        assertUnsupported(completion("{}"), "prompt");
        assertUnsupported(embedding("{\"input\":[1,2]}"), "input");
        assertUnsupported(embedding("{\"input\":[[1],[2]]}"), "input");
    }

    @Test
    void texts_to_embed_pass_with_their_dimensions() {
        assertThat(body(embedding("{\"input\":[\"a\",\"b\"],\"dimensions\":64,\"encoding_format\":\"base64\"}")))
                .isEqualTo(json("{\"model\":\"llama3:latest\",\"input\":[\"a\",\"b\"],\"dimensions\":64}"));
        assertThat(body(embedding("{\"input\":\"a\"}")).path("input").asText()).isEqualTo("a");
    }

    private JsonNode body(ModelRequest request) {
        return requests.body(request);
    }

    private JsonNode messages(String messages) {
        return body(chat("{\"messages\":" + messages + "}")).path("messages");
    }

    private JsonNode options(String request) {
        return field("options", request);
    }

    private JsonNode field(String name, String request) {
        return body(chat(request)).path(name);
    }

    private GatewayException refusal(ModelRequest request) {
        return catchThrowableOfType(GatewayException.class, () -> body(request));
    }

    private void assertUnsupported(ModelRequest request, String field) {
        GatewayException refusal = refusal(request);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED_PARAMETER);
        assertThat(refusal.param()).contains(field);
    }
}
