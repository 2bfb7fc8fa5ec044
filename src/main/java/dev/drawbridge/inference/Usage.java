package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Tokens of a call.
 *
 * @param input all tokens of the prompt, cached ones included
 * @param cachedInput those of them that came from the upstream's prompt cache
 * @param output all tokens of the answer, reasoning included
 * @param reasoning those of them that were spent on reasoning
 * @param origin where the figures come from
 */
public record Usage(long input, long cachedInput, long output, long reasoning, Origin origin) {

    /** Where the figures of a usage come from. */
    public enum Origin {
        /** The upstream reported them. */
        REPORTED,
        /** Counted here, with a tokenizer that need not be the model's own. */
        ESTIMATED,
        /** Counted here, on an answer that was cut off. */
        PARTIAL
    }

    public static Optional<Usage> reported(JsonNode usage) {
        if (!usage.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Usage(
                usage.path("prompt_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(),
                Origin.REPORTED));
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
