package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Usage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When the parts of an answer happened, as seen from here: clients divide tokens by these durations, so none is zero.
 * All in nanoseconds. Not thread-safe.
 */
public final class Timing {
    private final long arrived;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final long asked;
    private long first;
    private boolean begun;

    /**
     * From the moment that a model is asked.
     *
     * @param arrived {@link System#nanoTime} at the request's arrival
     */
    public static Timing since(long arrived) {
        return new Timing(arrived, System::nanoTime, InstantSource.system());
    }

    Timing(long arrived, LongSupplier nanos, InstantSource clock) {
        this.arrived = arrived;
        this.nanos = nanos;
        this.clock = clock;
        this.asked = nanos.getAsLong();
    }

    /** Notes that the model has begun to answer; only the first time counts. */
    void begun() {
        if (!begun) {
            begun = true;
            first = nanos.getAsLong();
        }
    }

    /** As clients parse it: with a time zone. */
    String now() {
        return clock.instant().toString();
    }

    /** Adds to the end of a stream what an upstream has not measured better: until its first part the model reads. */
    void complete(ObjectNode last, Optional<Usage> usage) {
        long now = nanos.getAsLong();
        long start = begun ? first : now;
        put(last, "total_duration", now - arrived);
        put(last, "load_duration", asked - arrived);
        count(last, "prompt_eval_count", usage.map(Usage::input).orElse(0L));
        put(last, "prompt_eval_duration", start - asked);
        count(last, "eval_count", usage.map(Usage::output).orElse(0L));
        put(last, "eval_duration", now - start);
    }

    /** For an answer in one piece. Reading and writing cannot be told apart there, so both are the whole time. */
    void completeWhole(ObjectNode answer, Optional<Usage> usage) {
        if (isWithoutWords(answer)) {
            return;
        }
        long now = nanos.getAsLong();
        put(answer, "total_duration", now - arrived);
        put(answer, "load_duration", asked - arrived);
        count(answer, "prompt_eval_count", usage.map(Usage::input).orElse(0L));
        put(answer, "prompt_eval_duration", now - asked);
        count(answer, "eval_count", usage.map(Usage::output).orElse(0L));
        put(answer, "eval_duration", now - asked);
    }

    /** For vectors, which nobody writes. */
    void completeVectors(ObjectNode answer, Optional<Usage> usage) {
        put(answer, "total_duration", nanos.getAsLong() - arrived);
        put(answer, "load_duration", asked - arrived);
        count(answer, "prompt_eval_count", usage.map(Usage::input).orElse(0L));
    }

    /** Whether an Ollama only loaded or unloaded the model: it counts nothing then. */
    private static boolean isWithoutWords(ObjectNode answer) {
        String reason = answer.path("done_reason").asText();
        return reason.equals("load") || reason.equals("unload");
    }

    private static void put(ObjectNode line, String field, long duration) {
        if (line.path(field).asLong() <= 0) {
            line.put(field, Math.max(1, duration));
        }
    }

    private static void count(ObjectNode line, String field, long tokens) {
        if (!line.path(field).isNumber()) {
            line.put(field, tokens);
        }
    }
}
