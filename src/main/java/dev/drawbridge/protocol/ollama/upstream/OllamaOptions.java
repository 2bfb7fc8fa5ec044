package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.util.List;

/**
 * How a model is to run and to choose its words: Ollama's {@code options}. See
 * <a href="https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx">the parameters of a Modelfile</a>.
 */
final class OllamaOptions {
    /** The same word in both languages, or Ollama's own word that clients put beside OpenAI's. */
    private static final List<String> SAME = List.of(
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "typical_p",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "repeat_penalty",
            "repeat_last_n",
            "num_ctx");

    private OllamaOptions() {}

    /** The client's own {@code options}, overruled by the OpenAI fields, which the gateway's rules have seen. */
    static ObjectNode options(ObjectNode request) {
        ObjectNode options = request.path("options") instanceof ObjectNode own ? Json.copy(own) : Json.object();
        if (Json.present(request, "repetition_penalty")) {
            options.set("repeat_penalty", request.path("repetition_penalty"));
        }
        for (String name : SAME) {
            if (Json.present(request, name)) {
                options.set(name, request.path(name));
            }
        }
        if (Json.present(request, "stop")) {
            JsonNode stop = request.path("stop");
            options.set("stop", stop.isArray() ? stop : Json.array().add(stop));
        }
        limit(request, options);
        return options;
    }

    private static void limit(ObjectNode request, ObjectNode options) {
        String field = Json.present(request, "max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        if (!Json.present(request, field)) {
            return;
        }
        // The field may be the gateway's default or limit: the client's own option may stay below it, not exceed it.
        long own = options.path("num_predict").asLong();
        if (own <= 0 || own > request.path(field).asLong()) {
            options.set("num_predict", request.path(field));
        }
    }
}
