package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import java.util.Map;
import java.util.Set;

/**
 * Ollama's {@code options} in the hub's fields. Those that set up its runner, those of earlier versions and unknown ones
 * say nothing to other upstreams, and are no error.
 */
final class SamplingOptions {
    private static final Set<String> INTEGERS = Set.of(
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread",
            "num_keep",
            "seed",
            "num_predict",
            "top_k",
            "repeat_last_n",
            "draft_num_predict");
    private static final Set<String> NUMBERS = Set.of(
            "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty", "frequency_penalty");

    /** What models elsewhere know too, under their names. */
    private static final Map<String, String> HUB = Map.of(
            "temperature", "temperature",
            "top_p", "top_p",
            "top_k", "top_k",
            "min_p", "min_p",
            "repeat_penalty", "repetition_penalty",
            "presence_penalty", "presence_penalty",
            "frequency_penalty", "frequency_penalty");

    private SamplingOptions() {}

    /** @throws GatewayException {@code INVALID_REQUEST} for a value of the wrong type */
    static void check(ObjectNode document) {
        JsonNode options = document.path("options");
        if (Json.present(document, "options") && !options.isObject()) {
            throw Fields.wrong("options", "an object");
        }
        options.properties().forEach(option -> check(option.getKey(), option.getValue()));
    }

    static void put(ObjectNode document, ObjectNode hub) {
        check(document);
        JsonNode options = document.path("options");
        for (Map.Entry<String, String> option : HUB.entrySet()) {
            if (Json.present(options, option.getKey())) {
                JsonNode value = options.path(option.getKey());
                hub.set(option.getValue(), INTEGERS.contains(option.getKey()) ? whole(value) : value);
            }
        }
        // A negative one stands for chance.
        if (Json.present(options, "seed") && options.path("seed").asLong() >= 0) {
            hub.set("seed", whole(options.path("seed")));
        }
        if (!options.path("stop").isEmpty()) {
            hub.set("stop", options.path("stop"));
        }
        beside(document, options, hub);
    }

    /** Open WebUI puts the length beside the options; clients of simple proxies use OpenAI's words there. */
    private static void beside(ObjectNode document, JsonNode options, ObjectNode hub) {
        JsonNode length = options.path("num_predict");
        if (!Json.present(options, "num_predict")) {
            length = document.path(Json.present(document, "num_predict") ? "num_predict" : "max_tokens");
        }
        // Zero and less stand for no limit.
        if (length.isNumber() && length.asLong() > 0) {
            hub.put("max_tokens", length.asLong());
        }
        if (!hub.has("temperature") && document.path("temperature").isNumber()) {
            hub.set("temperature", document.path("temperature"));
        }
    }

    private static JsonNode whole(JsonNode number) {
        return Json.object().numberNode(number.asLong());
    }

    private static void check(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (INTEGERS.contains(name) && !value.isNumber()) {
            throw wrong(name, "type integer");
        }
        if (NUMBERS.contains(name) && !value.isNumber()) {
            throw wrong(name, "type float32");
        }
        if (name.equals("use_mmap") && !value.isBoolean()) {
            throw wrong(name, "type boolean");
        }
        if (name.equals("stop") && !value.isArray()) {
            throw wrong(name, "type array");
        }
        if (name.equals("stop") && !value.valueStream().allMatch(JsonNode::isTextual)) {
            throw wrong(name, "an array of strings");
        }
    }

    private static GatewayException wrong(String name, String what) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "option \"" + name + "\" must be of " + what)
                .at("options." + name);
    }
}
