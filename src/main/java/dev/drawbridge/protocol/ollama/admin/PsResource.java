package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.Owners;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.util.Optional;

/** The models in memory, of all Ollama upstreams that answer. */
@Path("ps")
@Requires(Permission.LIST)
public class PsResource {
    private static final System.Logger LOG = System.getLogger(PsResource.class.getName());

    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public PsResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @GET
    public void ps(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.run(request, response, owners -> {
            ObjectNode all = Json.object();
            ArrayNode models = all.putArray("models");
            for (Upstream upstream : owners.asked()) {
                running(upstream).ifPresent(list -> list.forEach(model -> models.add(known(model, upstream, owners))));
            }
            return OllamaJson.ok(all);
        });
    }

    /** An Ollama that does not answer has nothing in memory that matters. */
    private Optional<JsonNode> running(Upstream upstream) {
        try {
            return Optional.of(control.ps(upstream).path("models"));
        } catch (GatewayException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} does not say what is in memory: {1}", upstream, e.message());
            return Optional.empty();
        }
    }

    /** The model under the name that clients know it by here. */
    private static JsonNode known(JsonNode model, Upstream upstream, Owners owners) {
        String name = Json.text(model, "name");
        if (model instanceof ObjectNode entry) {
            String id = owners.idOf(upstream, name).orElse(name);
            return Json.with(Json.with(entry, "name", id), "model", id);
        }
        return model;
    }
}
