package dev.drawbridge.provider;

import static dev.drawbridge.provider.Outcome.calling;
import static dev.drawbridge.provider.Outcome.saying;

import dev.drawbridge.provider.Outcome.Call;

/**
 * What a protocol can say, and the habits of vendors in saying it; with each what clients get, whatever the wire looks
 * like. The vendor's side is a fixture named after it.
 */
public enum Ability implements Fixture {
    TEXT(saying("Grüß Gott, Zoë! 👋")),
    ONE_TOOL(calling(weather())),
    PARALLEL_TOOLS(calling(weather(), time())),
    IMAGE_INPUT(saying("A red square.")),
    JSON_FORMAT(saying("{\"city\":\"Brest\"}")),
    NO_USAGE(saying("Hello").withoutUsage()),
    LENGTH(saying("Once upon").endingWith("length")),
    CONTENT_FILTER(saying("First, ").endingWith("content_filter")),
    REASONING(saying("4").after("Two and two.")),

    /** Scaleway's dedicated deployments, vLLM with continuous usage, Gemini: the last figures are the right ones. */
    USAGE_IN_EVERY_CHUNK(saying("Hello"), false),
    /** Role, and the id and name of a tool call, in each delta. */
    REPEATED_NAMES(calling(weather()), false),
    MISSING_TOOL_INDEX(calling(weather(), time()), false),
    /** No reason, though the vendor says that it is done. */
    MISSING_FINISH(saying("Hello")),
    /** The connection just ends, after the finish reason. */
    END_WITHOUT_DONE(saying("Hello"), false),
    /** Comments, blank lines, fields without data, other line ends. */
    KEEP_ALIVES(saying("Hello"), false),
    /** Azure's, with the prompt's filter results and nothing else. */
    EMPTY_FIRST_CHUNK(saying("Hello"), false),
    /** Azure's asynchronous filter: choices without a delta, after the finish too. */
    LATE_FILTER_RESULTS(saying("Hello"), false),
    NULL_DELTA(saying("Hello"), false),
    NULL_ERROR(saying("Hello")),
    /** Mistral's content as a list of typed pieces. */
    THINKING_PIECES(saying("4").after("Two and two.")),
    /** Gemini's and Ollama's finish reason, on which agents would stop. */
    STOP_AFTER_TOOLS(calling(weather())),
    CHUNKS_AFTER_FINISH(saying("Hello"), false);

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes its lists
    private final Outcome outcome;

    private final boolean alsoWhole;

    Ability(Outcome outcome) {
        this(outcome, true);
    }

    Ability(Outcome outcome, boolean alsoWhole) {
        this.outcome = outcome;
        this.alsoWhole = alsoWhole;
    }

    /** What a client is told. */
    Outcome outcome() {
        return outcome;
    }

    /** Whether it is more than a matter of streams. */
    boolean alsoWhole() {
        return alsoWhole;
    }

    private static Call weather() {
        return new Call("call_a", "weather", "{\"city\":\"Brest\"}");
    }

    private static Call time() {
        return new Call("call_b", "time", "{}");
    }
}
