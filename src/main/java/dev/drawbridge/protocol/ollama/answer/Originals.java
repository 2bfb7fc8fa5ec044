package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;

/** Documents of an Ollama behind the gateway, passed on. */
final class Originals {
    private Originals() {}

    /** The document with the name that the client asked for; some clients take {@code "error": null} for an error. */
    static ObjectNode named(ObjectNode original, String model) {
        ObjectNode named = Json.with(original, "model", model);
        named.remove("error");
        return named;
    }

    static boolean isDone(ObjectNode line) {
        return line.path("done").asBoolean();
    }
}
