package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.routing.Owner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What an Ollama upstream says of a model of its own. Blocking: call it on virtual threads. */
@Singleton
public class OllamaShow {
    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public OllamaShow(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    /**
     * The upstream's own answer to {@code /api/show}, with its names; empty when the model is no Ollama upstream's, or
     * nobody can tell whose.
     *
     * @param body of the request
     * @param upstream the one that the header {@value AdministrationDoor#UPSTREAM} names, if any
     * @throws dev.drawbridge.inference.GatewayException when the upstream refuses, or does not answer
     */
    public Optional<JsonNode> show(ObjectNode body, Optional<String> upstream) {
        Order order = new Order(body, door.owners(upstream));
        int there = order.owners().asked().size();
        boolean known = order.owners().isOwned(order.model());
        if (!known && (there != 1 || order.owners().isForeign(order.model()))) {
            return Optional.empty();
        }
        Owner owner = order.owners().of(order.model());
        return Optional.of(control.show(owner.upstream(), order.to(owner)));
    }
}
