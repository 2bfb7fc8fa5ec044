package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.text.TokenEstimate;
import java.util.OptionalLong;

/**
 * How long the answer may become. Always on: sets the model's default where the client says nothing, and lowers what
 * is more than the model can answer or than its context has left after the prompt, which vendors refuse with 400 or 416.
 */
public record MaxTokens() implements Adaptation {
    private static final String NEW = "max_completion_tokens";
    private static final String OLD = "max_tokens";

    @Override
    public ModelRequest request(ModelRequest request, Context context) {
        if (request.operation() == Operation.EMBEDDING) {
            return request;
        }
        String field = request.has(NEW) ? NEW : OLD;
        if (!request.has(field)) {
            OptionalLong byDefault = context.facts().defaultMaxTokens();
            if (byDefault.isEmpty()) {
                return request;
            }
            long tokens = Math.min(byDefault.getAsLong(), most(request, byDefault.getAsLong(), context));
            context.note(field, tokens, "default");
            return request.with(field, LongNode.valueOf(tokens));
        }
        long asked = request.json().path(field).asLong();
        long most = most(request, asked, context);
        if (asked <= most) {
            return request;
        }
        context.note(field, most, "clamped");
        return request.with(field, LongNode.valueOf(most));
    }

    private static long most(ModelRequest request, long asked, Context context) {
        long limit = context.facts().maxTokens().orElse(Long.MAX_VALUE);
        OptionalLong window = context.facts().context();
        // Counting takes time, so it is done only where it could matter.
        if (window.isEmpty() || TokenEstimate.boundOfPrompt(request) + asked <= window.getAsLong()) {
            return limit;
        }
        long left = window.getAsLong() - TokenEstimate.ofPrompt(request);
        // A prompt that seems to fill the window is for the model's own tokenizer to judge.
        return left > 0 ? Math.min(limit, left) : limit;
    }

    /** {@code max-tokens-field: max_completion_tokens}: the one of the two words that the target takes. */
    record Field(String name) implements Adaptation {
        Field(JsonNode parameters) {
            this(parameters.asText());
            if (!name.equals(NEW) && !name.equals(OLD)) {
                throw new IllegalArgumentException("write max-tokens-field: " + OLD + " or " + NEW);
            }
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            String other = name.equals(NEW) ? OLD : NEW;
            if (!request.json().has(other) || request.operation() == Operation.EMBEDDING) {
                return request;
            }
            ModelRequest without = request.without(other);
            context.note(other, name, "renamed");
            return request.has(name)
                    ? without
                    : without.with(name, request.json().get(other));
        }
    }
}
