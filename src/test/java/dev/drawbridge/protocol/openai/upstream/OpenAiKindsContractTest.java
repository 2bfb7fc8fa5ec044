package dev.drawbridge.protocol.openai.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.Preset;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Fixture;
import dev.drawbridge.provider.HubInvariants;
import dev.drawbridge.provider.Outcome;
import dev.drawbridge.provider.Outcome.Call;
import dev.drawbridge.provider.Target;
import dev.drawbridge.transport.UpstreamClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden path at each vendor that speaks OpenAI's protocol: its address, its credential, its way to answer. */
class OpenAiKindsContractTest {
    private static final ChatRequest HELLO =
            Lab.chat("{'model':'" + OpenAiKind.MODEL + "','messages':[{'role':'user','content':'Hello'}]}");

    private final FakeUpstream vendor = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();
    private final OpenAiProvider provider = new OpenAiProvider(client);

    @AfterEach
    void close() {
        vendor.close();
        client.close();
    }

    @Test
    void every_preset_of_the_protocol_is_here() {
        assertThat(Presets.builtIn().all().stream()
                        .filter(preset -> preset.protocol().equals("openai"))
                        .map(Preset::kind))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(OpenAiKind.values())
                        .map(OpenAiKind::preset)
                        .distinct()
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_is_asked_for_where_and_how_the_vendor_wants_it(OpenAiKind kind) {
        vendor.on(kind.path(), 200, fixture(kind, "text.json"));

        JsonNode reply = Lab.written(
                provider.answer(target(kind), HELLO, new CallScope()).json());

        assertThat(Outcome.of(HubInvariants.holdWhole(reply))).isEqualTo(Outcome.saying("Hello"));
        assertThat(vendor.lastCall().path()).isEqualTo(kind.path() + kind.query());
        assertThat(Fixture.parse(vendor.lastCall().body())).isEqualTo((JsonNode) HELLO.json());
        Map<String, String> headers = vendor.lastCall().headers();
        if (kind.preset().equals("azure")) {
            assertThat(headers).containsEntry("api-key", "k3y").doesNotContainKey("authorization");
        } else {
            assertThat(headers).containsEntry("authorization", "Bearer k3y").doesNotContainKey("api-key");
        }
        assertThat(headers.containsKey("anthropic-version")).isEqualTo(kind == OpenAiKind.ANTHROPIC);
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_is_in_the_hubs_form(OpenAiKind kind) {
        assertThat(streamed(kind, "text.sse")).isEqualTo(Outcome.saying("Hello"));
        assertThat(vendor.lastCall().path()).isEqualTo(kind.path() + kind.query());
        JsonNode asked = Fixture.parse(vendor.lastCall().body());
        assertThat(asked.path("stream").asBoolean()).isTrue();
        // Mistral's schema has no such field, and allows no other.
        assertThat(asked.at("/stream_options/include_usage").asBoolean()).isNotEqualTo(kind == OpenAiKind.MISTRAL);
        assertThat(asked.has("stream_options")).isNotEqualTo(kind == OpenAiKind.MISTRAL);
    }

    @ParameterizedTest
    @EnumSource
    void a_streamed_tool_call_is_in_the_hubs_form(OpenAiKind kind) {
        Outcome outcome = streamed(kind, "tools.sse");

        assertThat(outcome.calls())
                .extracting(Call::name, Call::arguments)
                .containsExactly(tuple("weather", "{\"city\":\"Brest\"}"));
        assertThat(outcome.finish()).isEqualTo("tool_calls");
        assertThat(outcome.usage()).isEqualTo(Outcome.saying("").usage());
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_in_the_vendors_own_shape_is_understood(OpenAiKind kind) {
        String error = fixture(kind, "error.json");
        vendor.on(kind.path(), kind.status(), error);

        for (GatewayException failure : List.of(
                catchThrowableOfType(
                        GatewayException.class, () -> provider.answer(target(kind), HELLO, new CallScope())),
                catchThrowableOfType(
                        GatewayException.class, () -> provider.stream(target(kind), HELLO, new CallScope())))) {
            assertThat(failure.kind()).isEqualTo(kind.refusal());
            assertThat(error.replace("\\\"", "\"")).contains(failure.message());
        }
    }

    @Test
    void a_vendors_own_rules_hold_for_an_answer_and_inside_of_one() {
        OpenAiKind kind = OpenAiKind.OPENROUTER;
        String error = "{\"error\":{\"message\":\"This requires more credits, or fewer max_tokens.\",\"code\":402}}";
        vendor.on(kind.path(), 402, error);
        GatewayException refused = catchThrowableOfType(
                GatewayException.class, () -> provider.answer(target(kind), HELLO, new CallScope()));
        vendor.on(kind.path(), 200, error);
        GatewayException inside = catchThrowableOfType(
                GatewayException.class, () -> provider.answer(target(kind), HELLO, new CallScope()));
        vendor.on(
                kind.path(),
                (call, answer) -> answer.start(200, "text/event-stream")
                        .chunk("data: " + error + "\n\n")
                        .end());
        GatewayException streamed = catchThrowableOfType(
                GatewayException.class, () -> provider.stream(target(kind), HELLO, new CallScope()));

        for (GatewayException failure : List.of(refused, inside, streamed)) {
            assertThat(failure.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED);
            assertThat(failure.hold()).isEqualTo(ErrorKind.Hold.NOTHING);
        }
    }

    @Test
    void a_limit_that_is_used_up_says_when_to_come_back() {
        OpenAiKind kind = OpenAiKind.GROQ;
        vendor.on(
                kind.path(),
                (call, answer) -> answer.whole(
                        429,
                        Map.of("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "1m2.5s"),
                        fixture(kind, "error.json")));

        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> provider.answer(target(kind), HELLO, new CallScope()));

        assertThat(failure.retryAfter()).contains(Duration.ofMillis(62_500));
        assertThat(failure.holdTime()).isEqualTo(Duration.ofMillis(62_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[]}", "{\"choices\":null}", "{\"id\":\"1\"}", "{\"choices\":[null]}", " "})
    void an_answer_without_choices_is_empty(String body) {
        vendor.on(OpenAiKind.VLLM.path(), 200, body);
        assertThat(catchThrowableOfType(
                                GatewayException.class,
                                () -> provider.answer(target(OpenAiKind.VLLM), HELLO, new CallScope()))
                        .kind())
                .isEqualTo(ErrorKind.EMPTY_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "length", "content_filter"})
    void an_answer_that_says_nothing_is_an_answer(String finish) {
        vendor.on(
                OpenAiKind.VLLM.path(),
                200,
                "{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"" + finish + "\"}]}");

        JsonNode reply =
                provider.answer(target(OpenAiKind.VLLM), HELLO, new CallScope()).json();

        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo(finish);
    }

    @ParameterizedTest
    @EnumSource
    void without_an_address_the_vendor_itself_is_asked(OpenAiKind kind) {
        if (!kind.home().isEmpty()) {
            assertThat(Lab.upstream(kind.atHome()).uri("chat/completions", OpenAiKind.MODEL))
                    .hasToString(kind.home());
        }
    }

    private Outcome streamed(OpenAiKind kind, String file) {
        String events = fixture(kind, file);
        vendor.on(kind.path(), (call, answer) -> {
            answer.start(200, "text/event-stream");
            for (String event : events.split("(?<=\n\n)", 0)) {
                answer.chunk(event);
            }
            answer.end();
        });
        try (ModelStream stream = provider.stream(target(kind), HELLO, new CallScope())) {
            return Outcome.of(HubInvariants.hold(Lab.rest(stream)));
        }
    }

    private Target target(OpenAiKind kind) {
        return Lab.target(Lab.upstream(kind.at(vendor.url())), OpenAiKind.MODEL);
    }

    private static String fixture(OpenAiKind kind, String file) {
        return Fixture.read("openai/kinds/" + kind.dialect() + "/" + file);
    }
}
