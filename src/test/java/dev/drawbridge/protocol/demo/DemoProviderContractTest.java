package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Ability;
import dev.drawbridge.provider.Fixture;
import dev.drawbridge.provider.HubInvariants;
import dev.drawbridge.provider.Outcome;
import dev.drawbridge.provider.Outcome.Call;
import dev.drawbridge.provider.Refusal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is owed by the one upstream that has no wire: the hub's form, and the same said whole and as a stream. */
class DemoProviderContractTest {
    private static final DemoProvider PROVIDER = Demo.provider(Duration.ZERO);
    private static final String WEATHER =
            "{'name':'weather','parameters':{'type':'object','required':['city'],'properties':{'city':{'type':'string'}}}}";

    /** How to make the demo show an ability, and how to see that it did. */
    private record Shown(ChatRequest request, Predicate<Outcome> seen) {}

    private static final Map<Ability, Shown> SHOWN = Map.of(
            Ability.TEXT,
            new Shown(
                    Demo.user("Grüß Gott, Zoë! 👋", ""),
                    outcome -> outcome.text().contains("Grüß Gott, Zoë! 👋")
                            && outcome.finish().equals("stop")),
            Ability.ONE_TOOL,
            new Shown(
                    Demo.user(
                            "What is the weather in Brest?",
                            "'tools':[{'type':'function','function':" + WEATHER + "}]"),
                    outcome -> outcome.finish().equals("tool_calls")
                            && outcome.calls().getFirst().name().equals("weather")
                            && outcome.calls().getFirst().arguments().equals("{\"city\":\"Brest\"}")),
            Ability.IMAGE_INPUT,
            new Shown(
                    Demo.chat(
                            "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}]",
                            ""),
                    outcome -> outcome.text().contains("one image")),
            Ability.JSON_FORMAT,
            new Shown(
                    Demo.user(
                            "I am in Brest",
                            "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
                                    + "{'type':'object','required':['city'],'properties':{'city':{'type':'string'}}}}}"),
                    outcome -> outcome.text().equals("{\"city\":\"Brest\"}")),
            Ability.LENGTH,
            new Shown(
                    Demo.user("Hi", "'max_tokens':2"),
                    outcome ->
                            outcome.text().equals("Hello!") && outcome.finish().equals("length")));

    private static final Map<Fixture, String> LACKS = Map.of(
            Ability.PARALLEL_TOOLS, "it calls one tool at a time",
            Ability.NO_USAGE, "it always counts",
            Ability.CONTENT_FILTER, "it has nothing to filter",
            Ability.REASONING, "it does not think",
            Refusal.CONTEXT_LENGTH, "its context has no end",
            Refusal.FILTERED_PROMPT, "it has nothing to filter",
            Refusal.NO_QUOTA, "it costs nothing",
            Refusal.ARRAY_ERROR, "it has no wire");

    /** Habits of vendors on the wire. */
    private static final Set<Ability> ON_THE_WIRE =
            EnumSet.range(Ability.USAGE_IN_EVERY_CHUNK, Ability.CHUNKS_AFTER_FINISH);

    @ParameterizedTest
    @EnumSource
    void an_answer_says_the_same_whole_and_as_a_stream(Ability ability) {
        needs(ability);
        Shown shown = Objects.requireNonNull(SHOWN.get(ability), "neither shown nor declared to be lacking");

        JsonNode reply = Lab.written(
                PROVIDER.answer(Demo.target(), shown.request(), new CallScope()).json());
        Outcome whole = Outcome.of(HubInvariants.holdWhole(reply));

        assertThat(whole).matches(shown.seen());
        assertThat(whole.usage()).isPresent();
        assertThat(unnamed(streamed(shown.request()))).isEqualTo(unnamed(whole));
    }

    @ParameterizedTest
    @EnumSource
    void it_refuses_when_it_is_told_to(Refusal refusal) {
        needs(refusal);
        ChatRequest request = Demo.user("!error " + refusal.status(), "");

        for (GatewayException failure : List.of(
                catchThrowableOfType(
                        GatewayException.class, () -> PROVIDER.answer(Demo.target(), request, new CallScope())),
                catchThrowableOfType(
                        GatewayException.class, () -> PROVIDER.stream(Demo.target(), request, new CallScope())))) {
            assertThat(failure.kind()).isEqualTo(refusal.kind());
        }
    }

    private static void needs(Fixture fixture) {
        if (LACKS.containsKey(fixture)) {
            abort("demo has no " + fixture.file() + ": " + LACKS.get(fixture));
        }
        if (fixture instanceof Ability ability && ON_THE_WIRE.contains(ability)) {
            abort("demo has no " + fixture.file() + ": it has no wire");
        }
    }

    private static Outcome streamed(ChatRequest request) {
        try (ModelStream stream = PROVIDER.stream(Demo.target(), request, new CallScope())) {
            return Outcome.of(HubInvariants.hold(Lab.rest(stream)));
        }
    }

    /** Without the ids of its calls, which are new each time. */
    private static Outcome unnamed(Outcome outcome) {
        List<Call> calls = outcome.calls().stream()
                .map(call -> new Call("", call.name(), call.arguments()))
                .toList();
        return new Outcome(outcome.text(), outcome.reasoning(), calls, outcome.finish(), outcome.usage());
    }
}
