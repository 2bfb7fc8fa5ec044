package dev.drawbridge.gateway;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static dev.drawbridge.fakes.Lab.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayAnswerTest {
    private static final String CONFIG = """
            upstreams: [{name: a, kind: demo, max-in-flight: 2}, {name: b, kind: demo, max-in-flight: 2}]
            models:
              - {id: m, targets: [{upstream: a, model: at-a}, {upstream: b, model: at-b, priority: 2}],
                 max-tokens: {default: 500}, adaptations: [think-tags], fallbacks: [other]}
              - {id: other, targets: [{upstream: b, model: other-at-b}]}
            retries: {attempts: 2, backoff: 1ms, max-backoff: 10ms}
            """;
    private static final String HELLO = "{'model': 'm', 'messages': [{'role': 'user', 'content': 'Hello'}]}";
    private static final String REPLY = "{'id': 'x', 'choices': [{'message': {'content': 'one two three'}}]}";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final GatewayLab lab = new GatewayLab(CONFIG, provider);

    @AfterEach
    void all_places_are_free_again() {
        assertThat(lab.free("a")).isEqualTo(2);
        assertThat(lab.free("b")).isEqualTo(2);
        lab.close();
    }

    @Test
    void a_call_is_answered_and_recorded_with_what_the_upstream_reports() {
        provider.answers("a", request -> new ModelReply(object("""
                {'choices': [], 'usage': {'prompt_tokens': 9, 'completion_tokens': 4,
                  'prompt_tokens_details': {'cached_tokens': 3}}}""")));
        Call call = GatewayLab.call(HELLO);

        Answer<ModelReply> answer = lab.gateway.answer(call);

        assertThat(answer.target()).hasToString("a/at-a");
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.adapted()).containsExactly("max_tokens=500(default)");
        assertThat(answer.told("m"))
                .containsEntry("x-drawbridge-upstream", "a")
                .containsEntry("x-drawbridge-attempts", "1")
                .containsEntry("x-drawbridge-adapted", "max_tokens=500(default)")
                .doesNotContainKey("x-drawbridge-model");
        assertThat(answer.told("another")).containsEntry("x-drawbridge-model", "m");
        assertThat(provider.requests().getFirst().json().path("model").asText()).isEqualTo("at-a");
        assertThat(provider.requests().getFirst().json().path("max_tokens").asInt())
                .isEqualTo(500);
        assertThat(call.request().json()).isEqualTo(json(HELLO));
        CallRecord made = lab.record();
        assertThat(made.request()).isEqualTo("req_1");
        assertThat(made.who().caller()).isEqualTo("somebody");
        assertThat(made.operation()).isEqualTo(Operation.CHAT);
        assertThat(made.model()).isEqualTo("m");
        assertThat(made.outcome().upstream()).isEqualTo("a");
        assertThat(made.outcome().status()).isEqualTo(200);
        assertThat(made.usage()).contains(new Usage(9, 3, 4, 0, Usage.Origin.REPORTED));
    }

    @Test
    void usage_that_is_not_reported_is_estimated_for_the_client_and_marked_in_the_record() {
        provider.answers("a", request -> new ModelReply(object(REPLY)));

        ModelReply reply = lab.gateway.answer(GatewayLab.call(HELLO)).content();

        assertThat(written(reply.json()).path("usage"))
                .isEqualTo(json("{'prompt_tokens': 5, 'completion_tokens': 3, 'total_tokens': 8}"));
        assertThat(lab.record().usage()).contains(new Usage(5, 0, 3, 0, Usage.Origin.ESTIMATED));
    }

    @Test
    void the_rules_of_the_model_shape_the_reply() {
        provider.answers(
                "a",
                request ->
                        new ModelReply(object("{'choices': [{'message': {'content': '<think>why</think>because'}}]}")));

        assertThat(lab.gateway.answer(GatewayLab.call(HELLO)).content().json().at("/choices/0/message"))
                .isEqualTo(json("{'content': 'because', 'reasoning_content': 'why'}"));
    }

    @Test
    void another_target_answers_when_the_first_fails() {
        provider.answers("a", request -> {
                    throw new GatewayException(ErrorKind.TIMEOUT, "late");
                })
                .answers("b", request -> new ModelReply(object(REPLY)));

        Answer<ModelReply> answer = lab.gateway.answer(GatewayLab.call(HELLO));

        assertThat(answer.target()).hasToString("b/at-b");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(lab.record().outcome().upstream()).isEqualTo("b");
        assertThat(lab.record().outcome().attempts()).isEqualTo(2);
        assertThat(lab.record().outcome().status()).isEqualTo(200);
    }

    @Test
    void fallbacks_answer_when_every_target_failed() {
        provider.answers("a", request -> {
                    throw new GatewayException(ErrorKind.UPSTREAM_UNAUTHORIZED, "key");
                })
                .answers("b", request -> {
                    if (request.model().equals("at-b")) {
                        throw new GatewayException(ErrorKind.UPSTREAM_MODEL_NOT_FOUND, "gone");
                    }
                    return new ModelReply(object(REPLY));
                });

        assertThat(lab.gateway.answer(GatewayLab.call(HELLO)).target()).hasToString("b/other-at-b");
        assertThat(provider.asked()).containsExactly("a/at-a", "b/at-b", "b/other-at-b");
    }

    @Test
    void a_call_that_fails_is_recorded_once_with_its_status() {
        provider.answers("a", request -> {
                    throw new GatewayException(ErrorKind.OVERLOADED, "slow down");
                })
                .answers("b", request -> {
                    throw new GatewayException(ErrorKind.TIMEOUT, "late");
                });

        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> lab.gateway.answer(GatewayLab.call(HELLO)));

        assertThat(failure.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(provider.asked()).hasSize(4);
        assertThat(lab.record().outcome().status()).isEqualTo(503);
        assertThat(lab.record().outcome().attempts()).isEqualTo(4);
        assertThat(lab.record().outcome().upstream()).isEqualTo("a");
        assertThat(lab.record().usage()).isEmpty();
    }

    @Test
    void a_model_that_nobody_knows_is_recorded_too() {
        assertThatThrownBy(() -> lab.gateway.answer(GatewayLab.call("{'model': 'nobody'}")))
                .isInstanceOf(GatewayException.class);

        assertThat(lab.record().outcome().status()).isEqualTo(404);
        assertThat(lab.record().outcome().attempts()).isZero();
        assertThat(lab.record().model()).isEqualTo("nobody");
    }

    @Test
    void embeddings_are_counted_by_their_input() {
        provider.answers("a", request -> new ModelReply(object("{'data': []}")));

        lab.gateway.answer(GatewayLab.call(new EmbeddingRequest(object("{'model': 'm', 'input': ['one', 'two']}"))));

        assertThat(lab.record().operation()).isEqualTo(Operation.EMBEDDING);
        assertThat(lab.record().usage()).contains(new Usage(2, 0, 0, 0, Usage.Origin.ESTIMATED));
    }
}
