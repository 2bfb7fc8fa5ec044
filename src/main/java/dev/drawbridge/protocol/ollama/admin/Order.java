package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Edit.Note;
import dev.drawbridge.routing.Owner;
import dev.drawbridge.routing.Owners;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a client wants done.
 *
 * @param owners the upstreams that may do it
 * @param audit keeps what is done, and by whom
 */
record Order(ObjectNode body, Owners owners, Consumer<Note> audit) {

    /** A question: nothing is done. */
    Order(ObjectNode body, Owners owners) {
        this(body, owners, note -> {
            throw new IllegalStateException("A question does nothing: " + note);
        });
    }

    /** To be called before it is done: what the audit cannot have is not done. */
    void note(String action, String model, Owner owner) {
        ObjectNode what = Json.object().put("upstream", owner.upstream().name()).put("model", owner.model());
        for (String origin : List.of("source", "from")) {
            if (Json.present(body, origin)) {
                what.put(origin, Json.text(body, origin));
            }
        }
        audit.accept(new Note(action, "ollama-model", model, "", what.toString()));
    }

    /** The model; older clients call it {@code name}. */
    String model() {
        return required(Json.text(body, "model").isBlank() ? "name" : "model", "model");
    }

    /** The text of a field that must be there. */
    String required(String field) {
        return required(field, field);
    }

    private String required(String field, String known) {
        String text = Json.text(body, field);
        if (text.isBlank()) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, known + " is required").at(known);
        }
        // What begins with a dash is an option to the programs that take names on their command line.
        if (text.startsWith("-")) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "invalid model name").at(known);
        }
        return text;
    }

    /** @throws GatewayException {@code FORBIDDEN} when the model is at an upstream that is not administered here */
    void refuseForeign() {
        if (owners.isForeign(model())) {
            throw new GatewayException(
                    ErrorKind.FORBIDDEN, "model '" + model() + "' is not kept by an upstream that can be administered");
        }
    }

    /** Whether the client wants to see progress; Ollama's default. */
    boolean stream() {
        return body.path("stream").asBoolean(true);
    }

    /** The body as the owner of the model understands it. */
    ObjectNode to(Owner owner) {
        ObjectNode forwarded = Json.copy(body).put("model", owner.model());
        return body.has("name") ? forwarded.put("name", owner.model()) : forwarded;
    }
}
