package dev.drawbridge.adaptation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What a rule made of a request, as the target gets it. In JSON, single quotes stand for double ones. */
record Adapted(JsonNode json, List<String> report) {
    static final ModelFacts NOTHING_KNOWN = facts(0, 0, 0);

    /** What is known of a model; 0 is not known. */
    static ModelFacts facts(long context, long defaultMaxTokens, long maxTokens) {
        return new ModelFacts("", "", number(context), number(defaultMaxTokens), number(maxTokens), Set.of());
    }

    /** Applies a rule as it is written in the configuration to a chat request. */
    static Adapted chat(String rule, String request) {
        return of(AdaptationRules.rule(Lab.json(rule)), new ChatRequest(Lab.object(request)), NOTHING_KNOWN);
    }

    /** Applies a rule to the messages of a chat. */
    static Adapted messages(String rule, String messages) {
        Adapted adapted = chat(rule, "{'model': 'm', 'messages': " + messages + "}");
        return new Adapted(adapted.json().path("messages"), adapted.report());
    }

    /** Applies a rule, and sees to it that the caller's own request stays as it was. */
    static Adapted of(Adaptation rule, ModelRequest request, ModelFacts facts) {
        ObjectNode before = request.json().deepCopy();
        Context context = new Context(facts);
        ModelRequest adapted = rule.request(request, context);
        assertThat(request.json()).as("the caller's own request").isEqualTo(before);
        assertThat(adapted.operation()).isEqualTo(request.operation());
        return new Adapted(Lab.written(adapted.json()), context.report());
    }

    private static OptionalLong number(long value) {
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
