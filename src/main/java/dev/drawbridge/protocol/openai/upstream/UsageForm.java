package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Operation;

/** Usage as OpenAI counts it: the three figures are always there, what a vendor adds stays. */
final class UsageForm {
    private UsageForm() {}

    static ObjectNode of(JsonNode usage, Operation operation) {
        ObjectNode form = Json.object();
        usage.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                form.set(field.getKey(), field.getValue());
            }
        });
        long prompt = usage.path("prompt_tokens").asLong();
        long completion = usage.path("completion_tokens").asLong();
        form.put("prompt_tokens", prompt);
        if (operation != Operation.EMBEDDING) {
            form.put("completion_tokens", completion);
        }
        if (!form.path("total_tokens").isIntegralNumber()) {
            form.put("total_tokens", prompt + completion);
        }
        return form;
    }
}
