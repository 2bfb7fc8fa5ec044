package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a call used: its tokens, and whatever else is priced.
 *
 * @param input all tokens of the prompt, cached ones included
 * @param cachedInput those of them that came from the upstream's prompt cache
 * @param output all tokens of the answer, reasoning included
 * @param reasoning those of them that were spent on reasoning
 * @param origin where the figures come from
 * @param more what few calls have
 */
public record Usage(long input, long cachedInput, long output, long reasoning, Origin origin, More more) {

    /** Where the figures of a usage come from. */
    public enum Origin {
        /** The upstream reported them. */
        REPORTED,
        /** Counted here, with a tokenizer that need not be the model's own. */
        ESTIMATED,
        /** Counted here, on an answer that was cut off. */
        PARTIAL
    }

    /**
     * What few calls have.
     *
     * @param amounts of other units than the four above; tokens among them are part of input or output
     * @param variant words that a price may depend on, such as {@code high} and {@code 1024x1024} for an image
     */
    public record More(Map<Unit, Long> amounts, Set<String> variant) {
        public static final More NONE = new More(Map.of(), Set.of());

        long of(Unit unit) {
            return amounts.getOrDefault(unit, 0L);
        }
    }

    /** Of tokens only. */
    public Usage(long input, long cachedInput, long output, long reasoning, Origin origin) {
        this(input, cachedInput, output, reasoning, origin, More.NONE);
    }

    public static Optional<Usage> reported(JsonNode usage) {
        if (!usage.isObject()) {
            return Optional.empty();
        }
        JsonNode prompt = usage.path("prompt_tokens_details");
        JsonNode completion = usage.path("completion_tokens_details");
        Map<Unit, Long> more = new EnumMap<>(Unit.class);
        put(more, Unit.CACHE_WRITE, prompt.path("cache_write_tokens"));
        put(more, Unit.AUDIO_INPUT, prompt.path("audio_tokens"));
        put(more, Unit.AUDIO_OUTPUT, completion.path("audio_tokens"));
        return Optional.of(new Usage(
                usage.path("prompt_tokens").asLong(),
                prompt.path("cached_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                completion.path("reasoning_tokens").asLong(),
                Origin.REPORTED,
                more.isEmpty() ? More.NONE : new More(Map.copyOf(more), Set.of())));
    }

    private static void put(Map<Unit, Long> more, Unit unit, JsonNode amount) {
        if (amount.asLong() > 0) {
            more.put(unit, amount.asLong());
        }
    }

    /** How much of this unit and of no other. */
    public long of(Unit unit) {
        return switch (unit) {
            case INPUT -> rest(input - cachedInput, Unit.CACHE_WRITE, Unit.LONG_CACHE_WRITE, Unit.AUDIO_INPUT);
            case CACHED_INPUT -> cachedInput;
            case OUTPUT -> rest(output - reasoning, Unit.AUDIO_OUTPUT);
            case REASONING -> reasoning;
            case CALL -> 1;
            default -> more.of(unit);
        };
    }

    /** Never below zero: some upstreams count parts that are not in their whole. */
    private long rest(long whole, Unit... parts) {
        long rest = whole;
        for (Unit part : parts) {
            rest -= more.of(part);
        }
        return Math.max(0, rest);
    }

    /** The OpenAI {@code usage} object. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("prompt_tokens", input).put("completion_tokens", output).put("total_tokens", input + output);
        if (cachedInput > 0) {
            json.putObject("prompt_tokens_details").put("cached_tokens", cachedInput);
        }
        if (reasoning > 0) {
            json.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
        }
        return json;
    }
}
