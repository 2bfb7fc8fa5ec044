package dev.drawbridge.protocol.ollama.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.wire.NdjsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLinesTest {
    private static final String USAGE = "{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':1}}";

    private final Clockwork clock = new Clockwork();

    @Test
    void a_chat_is_told_byte_for_byte_as_ollama_tells_it() throws IOException {
        AnswerLines lines = new AnswerLines(TextForm.CHAT, "m:latest", clock.asked(Duration.ofMillis(1)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NdjsonWriter writer = new NdjsonWriter(bytes);
        clock.at(Duration.ofMillis(101));
        write(lines.of(delta("{'role':'assistant','content':''}")), writer);
        clock.at(Duration.ofNanos(123_456_000));
        write(lines.of(delta("{'content':'Hi'}")), writer);
        write(
                lines.of(
                        delta(
                                "{'tool_calls':[{'index':0,'id':'call_ab12cd34','type':'function','function':{'name':'f','arguments':''}}]}")),
                writer);
        clock.at(Duration.ofMillis(200));
        write(lines.of(delta("{'tool_calls':[{'index':0,'function':{'arguments':'{\\'x\\':1}'}}]}")), writer);
        write(lines.of(finish("tool_calls")), writer);
        clock.at(Duration.ofMillis(300));
        write(lines.of(chunk(USAGE)), writer);
        writer.line(lines.end());
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"model":"m:latest","created_at":"2026-08-22T10:00:00.123456Z","message":{"role":"assistant","content":"Hi"},"done":false}
                {"model":"m:latest","created_at":"2026-08-22T10:00:00.200Z","message":{"role":"assistant","content":"","tool_calls":[{"id":"call_ab12cd34","function":{"index":0,"name":"f","arguments":{"x":1}}}]},"done":false}
                {"model":"m:latest","created_at":"2026-08-22T10:00:00.300Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":300000000,"load_duration":1000000,"prompt_eval_count":3,"prompt_eval_duration":100000000,"eval_count":1,"eval_duration":199000000}
                """);
    }

    @Test
    void a_plain_text_is_a_response() {
        List<JsonNode> lines = told(
                TextForm.GENERATE,
                delta("{'role':'assistant','content':''}"),
                delta("{'content':'Hi'}"),
                chunk("{'choices':[{'index':0,'text':' there','finish_reason':null}]}"),
                finish("stop"),
                chunk(USAGE));
        assertThat(lines).hasSize(3);
        assertThat(lines).allSatisfy(line -> assertThat(line.has("message")).isFalse());
        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("Hi", " there", "");
        assertThat(lines.getLast().path("eval_count").asInt()).isEqualTo(1);
    }

    @Test
    void reasoning_is_thinking() {
        List<JsonNode> lines = told(
                TextForm.CHAT,
                delta("{'content':'','reasoning_content':'hm'}"),
                delta("{'content':'Hi'}"),
                finish("stop"));
        assertThat(lines.getFirst().path("message"))
                .isEqualTo(Lab.json("{'role':'assistant','content':'','thinking':'hm'}"));
        lines = told(TextForm.GENERATE, delta("{'reasoning_content':'hm'}"));
        assertThat(lines.getFirst().path("thinking").asText()).isEqualTo("hm");
    }

    @Test
    void a_refusal_is_content() {
        assertThat(told(TextForm.CHAT, delta("{'refusal':'No.'}"))
                        .getFirst()
                        .path("message")
                        .path("content")
                        .asText())
                .isEqualTo("No.");
    }

    @ParameterizedTest
    @CsvSource({"stop, stop", "length, length", "tool_calls, stop", "content_filter, content_filter", "eos, stop"})
    void the_end_has_a_reason(String finish, String reason) {
        assertThat(told(TextForm.CHAT, delta("{'content':'Hi'}"), finish(finish))
                        .getLast()
                        .path("done_reason")
                        .asText())
                .isEqualTo(reason);
    }

    @Test
    void each_tool_call_is_a_line_of_its_own_once_it_is_complete() {
        List<JsonNode> lines = told(
                TextForm.CHAT,
                delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}}]}"),
                delta("{'tool_calls':[{'index':0,'function':{'arguments':'}'}},"
                        + "{'index':1,'id':'b','function':{'name':'g','arguments':''}}]}"),
                delta("{'tool_calls':[{'index':1,'function':{'arguments':'{\\'y\\':[2]}'}}]}"),
                finish("tool_calls"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("message").path("tool_calls"))
                .isEqualTo(Lab.json("[{'id':'a','function':{'index':0,'name':'f','arguments':{}}}]"));
        assertThat(lines.get(1).path("message").path("tool_calls"))
                .isEqualTo(Lab.json("[{'id':'b','function':{'index':1,'name':'g','arguments':{'y':[2]}}}]"));
        assertThat(lines.get(2).path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void a_call_that_is_no_json_is_told_as_text() {
        List<JsonNode> lines = told(
                TextForm.CHAT,
                delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':'}}]}"),
                finish("length"));
        assertThat(lines.getFirst().path("message"))
                .isEqualTo(
                        Lab.json("{'role':'assistant','content':'{\\'name\\': \\'f\\', \\'arguments\\': {\\'x\\':}'}"));
        assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("length");
    }

    @Test
    void logprobs_are_passed_on_in_ollamas_one_form() {
        List<JsonNode> lines = told(
                TextForm.CHAT,
                chunk("{'choices':[{'delta':{'content':'Hi'},'logprobs':{'content':[{'token':'Hi','logprob':-0.5,"
                        + "'bytes':[72,105],'top_logprobs':[]}]}}]}"));
        assertThat(lines.getFirst().path("logprobs").path(0).path("token").asText())
                .isEqualTo("Hi");
        lines = told(
                TextForm.GENERATE,
                chunk("{'choices':[{'text':'Hi','logprobs':{'tokens':['Hi'],'token_logprobs':[-0.5],"
                        + "'top_logprobs':[{'Ho':-1.5}],'text_offset':[0]}}]}"));
        assertThat(lines.getFirst().path("logprobs"))
                .isEqualTo(Lab.json("[{'token':'Hi','logprob':-0.5,'bytes':[72,105],"
                        + "'top_logprobs':[{'token':'Ho','logprob':-1.5,'bytes':[72,111]}]}]"));
    }

    @Test
    void the_end_has_figures_even_if_nobody_measured_any() {
        JsonNode end = told(TextForm.CHAT).getLast();
        for (String duration : List.of("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")) {
            assertThat(end.path(duration).asLong()).as(duration).isPositive();
        }
        assertThat(end.path("prompt_eval_count").isNumber()).isTrue();
        assertThat(end.path("eval_count").isNumber()).isTrue();
    }

    @Test
    void lines_of_an_ollama_are_passed_on_with_the_name_asked_for() {
        ObjectNode first = Lab.object("{'model':'real','created_at':'x','message':{'role':'assistant','content':'Hi'},"
                + "'done':false,'new_field':[1],'error':null}");
        ObjectNode last = Lab.object("{'model':'real','message':{'role':'assistant','content':''},'done':true,"
                + "'done_reason':'stop','total_duration':9,'eval_count':4}");
        List<JsonNode> lines = told(
                TextForm.CHAT,
                new ModelChunk(delta("{'role':'assistant','content':''}").json(), Optional.of(first)),
                delta("{'content':'Hi'}"),
                new ModelChunk(finish("stop").json(), Optional.of(last)),
                chunk("{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':4}}"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .isEqualTo(Lab.json("{'model':'m','created_at':'x','message':{'role':'assistant','content':'Hi'},"
                        + "'done':false,'new_field':[1]}"));
        assertThat(lines.getLast().path("total_duration").asLong()).isEqualTo(9);
        assertThat(lines.getLast().path("eval_count").asInt()).isEqualTo(4);
        assertThat(lines.getLast().path("prompt_eval_count").asInt()).isEqualTo(3);
        assertThat(lines.getLast().path("eval_duration").asLong()).isPositive();
    }

    /** All lines of the answer made of these chunks. */
    private List<JsonNode> told(TextForm form, ModelChunk... chunks) {
        AnswerLines answer = new AnswerLines(form, "m", clock.asked(Duration.ZERO));
        List<JsonNode> lines = new ArrayList<>();
        for (ModelChunk chunk : chunks) {
            answer.of(chunk).forEach(line -> lines.add(Lab.written(line)));
        }
        lines.add(Lab.written(answer.end()));
        return lines;
    }

    private static void write(List<ObjectNode> lines, NdjsonWriter writer) throws IOException {
        for (ObjectNode line : lines) {
            writer.line(line);
        }
    }

    private static ModelChunk delta(String delta) {
        return chunk("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
    }

    private static ModelChunk finish(String reason) {
        return chunk("{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
    }

    private static ModelChunk chunk(String json) {
        return new ModelChunk(Lab.object(json));
    }
}
