package dev.drawbridge.gateway;

import static dev.drawbridge.fakes.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.fakes.ScriptedStream;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayStreamTest {
    private static final String CONFIG = """
            upstreams: [{name: a, kind: demo, max-in-flight: 1}, {name: b, kind: demo, max-in-flight: 1}]
            models:
              - {id: m, targets: [{upstream: a, model: at-a}, {upstream: b, model: at-b, priority: 2}],
                 adaptations: [think-tags]}
            retries: {attempts: 1}
            """;
    private static final String ONE = "{'id': 'x', 'choices': [{'index': 0, 'delta': {'content': 'one'}}]}";
    private static final String TWO = "{'id': 'x', 'choices': [{'index': 0, 'delta': {'content': ' two'}}]}";
    private static final String END = "{'id': 'x', 'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}]}";
    private static final String USAGE =
            "{'id': 'x', 'choices': [], 'usage': {'prompt_tokens': 9, 'completion_tokens': 4, 'total_tokens': 13}}";
    private final GatewayException broken = new GatewayException(ErrorKind.UPSTREAM_ERROR, "broke off");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final GatewayLab lab = new GatewayLab(CONFIG, provider);

    @AfterEach
    void all_places_are_free_again() {
        assertThat(lab.free("a")).isEqualTo(1);
        assertThat(lab.free("b")).isEqualTo(1);
        lab.close();
    }

    @Test
    void a_stream_is_handed_on_and_recorded_before_its_end_is_told() {
        ScriptedStream source = begins(new ScriptedStream(ONE, TWO, END, USAGE));
        try (ModelStream stream = stream()) {
            assertThat(lab.free("a")).isZero();
            assertThat(Lab.rest(stream)).containsExactly(json(ONE), json(TWO), json(END), json(USAGE));
            assertThat(stream.next()).isEmpty();
            assertThat(lab.records()).hasSize(1);
        }

        assertThat(source.closed()).isEqualTo(1);
        assertThat(lab.record().outcome().status()).isEqualTo(200);
        assertThat(lab.record().outcome().upstream()).isEqualTo("a");
        assertThat(lab.record().usage()).contains(new Usage(9, 0, 4, 0, Usage.Origin.REPORTED));
    }

    @Test
    void usage_that_is_not_reported_is_estimated_in_a_last_chunk() {
        begins(new ScriptedStream(ONE, TWO, END));
        try (ModelStream stream = stream()) {
            List<JsonNode> chunks = Lab.rest(stream);

            assertThat(chunks).hasSize(4);
            assertThat(chunks.getLast()).isEqualTo(json("""
                    {'id': 'x', 'choices': [], 'usage': {'prompt_tokens': 5, 'completion_tokens': 2, 'total_tokens': 7}}"""));
        }

        assertThat(lab.record().usage()).contains(new Usage(5, 0, 2, 0, Usage.Origin.ESTIMATED));
    }

    @Test
    void everything_that_was_written_is_counted() {
        begins(new ScriptedStream(
                "{'choices': [{'index': 0, 'delta': {'reasoning_content': 'one'}}]}",
                "{'choices': [{'index': 0, 'delta': {'tool_calls': [{'function': {'name': ' two', 'arguments': ' three'}}]}}]}",
                "{'choices': [{'index': 0, 'text': ' four'}]}"));
        try (ModelStream stream = stream()) {
            Lab.rest(stream);
        }

        assertThat(lab.record().usage().orElseThrow().output()).isEqualTo(4);
    }

    @Test
    void a_client_that_leaves_early_pays_for_what_was_written() {
        ScriptedStream source = begins(new ScriptedStream(ONE, TWO, END, USAGE));
        ModelStream stream = stream();
        stream.next();
        stream.close();
        stream.close();

        assertThat(source.closed()).isEqualTo(1);
        assertThat(lab.record().outcome().status()).isEqualTo(CallRecord.CLIENT_CLOSED);
        assertThat(lab.record().usage()).contains(new Usage(5, 0, 1, 0, Usage.Origin.PARTIAL));
    }

    @Test
    void an_upstream_with_time_to_drain_is_read_to_the_end_for_its_exact_usage() {
        try (GatewayLab draining = new GatewayLab(
                CONFIG.replace("{name: a, kind: demo,", "{name: a, kind: demo, timeouts: {drain: 5s},"), provider)) {
            begins(new ScriptedStream(ONE, TWO, END, USAGE));
            ModelStream stream =
                    draining.gateway.stream(GatewayLab.call(hello())).content();
            stream.next();
            stream.close();

            assertThat(draining.record().outcome().status()).isEqualTo(CallRecord.CLIENT_CLOSED);
            assertThat(draining.record().usage()).contains(new Usage(9, 0, 4, 0, Usage.Origin.REPORTED));
        }
    }

    @Test
    void nothing_is_said_to_a_client_that_has_gone() {
        begins(new ScriptedStream(ONE, TWO, END, USAGE));
        Call call = GatewayLab.call(hello());
        try (ModelStream stream = lab.gateway.stream(call).content()) {
            stream.next();
            call.scope().end();

            assertThatThrownBy(stream::next)
                    .isInstanceOfSatisfying(
                            GatewayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLIENT_GONE));
        }

        assertThat(lab.record().outcome().status()).isEqualTo(CallRecord.CLIENT_CLOSED);
    }

    @Test
    void a_long_answer_is_counted_as_it_goes() {
        String[] chunks = new String[3000];
        Arrays.fill(chunks, "{'id': 'x', 'choices': [{'index': 0, 'delta': {'content': ' one two three four'}}]}");
        begins(new ScriptedStream(chunks));
        try (ModelStream stream = stream()) {
            Lab.rest(stream);
        }

        assertThat(lab.record().usage().orElseThrow().output()).isBetween(11_900L, 12_100L);
    }

    @Test
    void a_stream_that_is_never_read_gives_its_place_back() {
        begins(new ScriptedStream(ONE));
        stream().close();

        assertThat(lab.record().outcome().status()).isEqualTo(CallRecord.CLIENT_CLOSED);
        assertThat(lab.record().usage()).contains(new Usage(5, 0, 0, 0, Usage.Origin.PARTIAL));
    }

    @Test
    void a_stream_that_breaks_off_is_a_failure_once_and_over() {
        begins(new ScriptedStream(ONE).thenFails(broken));
        try (ModelStream stream = stream()) {
            stream.next();
            assertThatThrownBy(stream::next).isSameAs(broken);
            assertThat(stream.next()).isEmpty();
        }

        assertThat(lab.record().outcome().status()).isEqualTo(502);
        assertThat(lab.record().usage()).contains(new Usage(5, 0, 1, 0, Usage.Origin.PARTIAL));
    }

    @Test
    void a_stream_that_fails_or_ends_after_its_role_is_begun_elsewhere() {
        String role = "{'id': 'x', 'choices': [{'index': 0, 'delta': {'role': 'assistant', 'content': ''}}]}";
        for (ScriptedStream bad :
                List.of(new ScriptedStream(), new ScriptedStream(role), new ScriptedStream(role).thenFails(broken))) {
            provider.streams("a", request -> bad).streams("b", request -> new ScriptedStream(role, ONE, END, USAGE));
            Answer<ModelStream> answer = lab.gateway.stream(GatewayLab.call(hello()));

            assertThat(answer.target()).hasToString("b/at-b");
            assertThat(bad.closed()).isEqualTo(1);
            assertThat(Lab.rest(answer.content())).containsExactly(json(role), json(ONE), json(END), json(USAGE));
            answer.content().close();
        }
    }

    @Test
    void a_stream_that_does_not_begin_is_begun_elsewhere() {
        provider.streams("a", request -> {
                    throw broken;
                })
                .streams("b", request -> new ScriptedStream(ONE, END, USAGE));
        Answer<ModelStream> answer = lab.gateway.stream(GatewayLab.call(hello()));

        assertThat(answer.target()).hasToString("b/at-b");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(lab.free("a")).isEqualTo(1);
        answer.content().close();
        assertThat(lab.record().outcome().upstream()).isEqualTo("b");
    }

    @Test
    void a_stream_that_begins_nowhere_is_recorded_once() {
        provider.streams("a", request -> {
            throw broken;
        });
        assertThatThrownBy(() -> lab.gateway.stream(GatewayLab.call(hello()))).isSameAs(broken);

        assertThat(lab.record().outcome().status()).isEqualTo(502);
        assertThat(lab.record().outcome().attempts()).isEqualTo(2);
        assertThat(lab.record().usage()).isEmpty();
    }

    @Test
    void the_rules_of_the_model_shape_the_stream() {
        begins(new ScriptedStream(
                "{'choices': [{'index': 0, 'delta': {'content': '<think>why</think>so'}}]}", END, USAGE));
        try (ModelStream stream = stream()) {
            assertThat(Lab.rest(stream).getFirst().at("/choices/0/delta"))
                    .isEqualTo(json("{'content': 'so', 'reasoning_content': 'why'}"));
        }
    }

    @Test
    void whether_more_is_here_is_known() {
        begins(new ScriptedStream(USAGE));
        try (ModelStream stream = stream()) {
            assertThat(stream.ready()).isTrue();
            stream.next();
            assertThat(stream.ready()).isFalse();
        }
    }

    private ModelStream stream() {
        return lab.gateway.stream(GatewayLab.call(hello())).content();
    }

    private ScriptedStream begins(ScriptedStream stream) {
        provider.streams("a", request -> stream);
        return stream;
    }

    private static String hello() {
        return "{'model': 'm', 'stream': true, 'messages': [{'role': 'user', 'content': 'Hello'}]}";
    }
}
