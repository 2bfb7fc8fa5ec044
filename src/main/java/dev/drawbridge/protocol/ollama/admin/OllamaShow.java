package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.routing.Owner;
import dev.drawbridge.routing.Owners;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What an Ollama upstream says of a model of its own. Blocking: call it on virtual threads. */
@Singleton
public class OllamaShow {
    private static final System.Logger LOG = System.getLogger(OllamaShow.class.getName());

    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public OllamaShow(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    /**
     * The upstream's own answer to {@code /api/show}. Empty when the model is no Ollama upstream's, and when its upstream
     * does not say: what the gateway itself knows of it is better than an error.
     *
     * @param body of the request
     * @param upstream the one that the client names, if any; what that one says counts, a refusal too
     */
    public Optional<ObjectNode> show(ObjectNode body, Optional<String> upstream) {
        Owners owners = door.owners(upstream);
        Order order = new Order(body, owners);
        if (upstream.isEmpty() && !owners.isOwned(order.model())) {
            return Optional.empty();
        }
        Owner owner = owners.of(order.model());
        try {
            return Optional.of(control.show(owner.upstream(), order.to(owner)));
        } catch (GatewayException e) {
            if (upstream.isPresent() || !owners.isListed(order.model())) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "{0} does not describe its model: {1}", owner.upstream(), e.message());
            return Optional.empty();
        }
    }
}
