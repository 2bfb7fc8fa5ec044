package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Route;

/**
 * The model that a client asks.
 *
 * @param name as the client wrote it, which is how answers call it
 * @param facts what is known of it
 * @param ollama whether nobody but an Ollama can answer, which then gets the client's own document and judges it itself
 */
public record AskedModel(String name, ModelFacts facts, boolean ollama) {
    private static final String PROTOCOL = "ollama";

    /** @throws GatewayException {@code INVALID_REQUEST} without a name, {@code MODEL_NOT_FOUND} */
    public static AskedModel of(ObjectNode document, ModelTable table) {
        String name = Fields.text(document, "model");
        if (name.isBlank()) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "model is required").at("model");
        }
        Route route = route(name, table);
        boolean ollama = route.fallbacks().isEmpty()
                && route.choices().stream()
                        .allMatch(choice ->
                                choice.target().upstream().preset().protocol().equals(PROTOCOL));
        return new AskedModel(name, route.facts(), ollama);
    }

    /**
     * The route of a name, missed in the words that Ollama's clients know.
     *
     * @throws GatewayException {@code MODEL_NOT_FOUND}
     */
    public static Route route(String name, ModelTable table) {
        try {
            return table.find(name);
        } catch (GatewayException e) {
            throw new GatewayException(e.kind(), "model '" + name + "' not found").at("model");
        }
    }

    /** Whether the model certainly lacks the capability: something is known of it, but not this. */
    boolean lacks(String capability) {
        return !ollama
                && !facts.capabilities().isEmpty()
                && !facts.capabilities().contains(capability);
    }

    /** What the model does not offer, as Ollama says it. */
    GatewayException refusal(String what) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "\"" + name + "\" does not support " + what);
    }

    /** The beginning of the hub's document. */
    ObjectNode hub() {
        return Json.object().put("model", name);
    }
}
