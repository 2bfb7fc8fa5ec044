package dev.drawbridge.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.governance.permit.Demand;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.text.TokenEstimate;
import dev.drawbridge.provider.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What one call may use at those of its targets that may answer. */
final class CallDemand implements Demand {
    /** What an answer is taken for where neither the caller nor the model says how long it may become. */
    private static final long USUAL_OUTPUT = 4096;

    /** Other tokenizers than the one that counts here make more of a text: up to a fifth, and a chat's frame. */
    private static final double MARGIN = 1.2;

    private static final long FRAME = 64;

    private final String model;
    private final ModelRequest request;
    private final List<Target> targets;
    private final Pricing pricing;
    private final Instant time;
    private final OptionalLong limit;
    private long input = -1;

    CallDemand(String model, Tab.Opened call, List<Target> targets, Pricing pricing) {
        this.model = model;
        this.request = call.request();
        this.targets = targets;
        this.pricing = pricing;
        this.time = call.time();
        this.limit = limit();
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public long inputBound() {
        return TokenEstimate.boundOfPrompt(request) + FRAME;
    }

    @Override
    public long input() {
        if (input < 0) {
            input = Math.round(TokenEstimate.ofPrompt(request) * MARGIN) + FRAME;
        }
        return input;
    }

    @Override
    public long output() {
        return request.operation() == Operation.EMBEDDING ? 0 : times(limit.orElse(USUAL_OUTPUT), answers());
    }

    @Override
    public boolean outputBounded() {
        return limit.isPresent() || request.operation() == Operation.EMBEDDING;
    }

    @Override
    public Most cost(String currency, long inputTokens, long outputTokens) {
        BigDecimal dearest = BigDecimal.ZERO;
        boolean complete = true;
        for (Target target : targets) {
            Optional<BigDecimal> cost = pricing.atMost(target, inputTokens, outputTokens, currency, time);
            complete &= cost.isPresent();
            dearest = dearest.max(cost.orElse(BigDecimal.ZERO));
        }
        return new Most(dearest, complete);
    }

    /** Each prompt of several has answers of its own. */
    private long answers() {
        long each = Math.max(1, Math.max(number("n"), number("best_of")));
        return times(each, request.operation() == Operation.COMPLETION ? prompts() : 1);
    }

    /** One text or one list of tokens is one prompt. */
    private long prompts() {
        JsonNode prompt = request.json().path("prompt");
        return prompt.path(0).isNumber() ? 1 : Math.max(1, prompt.size());
    }

    private static long times(long one, long other) {
        return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }

    /** The most that one of the targets is asked for: what the caller says, or its default; no more than it can. */
    private OptionalLong limit() {
        long said = Math.max(number("max_completion_tokens"), number("max_tokens"));
        OptionalLong asked = said > 0 ? OptionalLong.of(said) : OptionalLong.empty();
        long most = 0;
        for (Target target : targets) {
            OptionalLong own = asked.isPresent() ? asked : target.facts().defaultMaxTokens();
            if (own.isEmpty()) {
                return own;
            }
            long sent = Math.min(own.getAsLong(), target.facts().maxTokens().orElse(Long.MAX_VALUE));
            most = Math.max(most, sent);
        }
        return OptionalLong.of(most);
    }

    private long number(String field) {
        return Json.present(request.json(), field) ? request.json().path(field).asLong() : 0;
    }
}
