package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.routing.Owner;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;

/** Gives a model another name, at the upstream that has it. */
@Path("copy")
@Requires(Permission.ADMINISTER)
public class CopyResource {
    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public CopyResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @POST
    public void copy(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.serve(request, body, response, order -> {
            Owner source = order.owners().of(order.required("source"));
            Owner copy = order.owners().ofNew(order.required("destination"), order.required("source"));
            ObjectNode names = Json.object().put("source", source.model()).put("destination", copy.model());
            order.note("copy", order.required("destination"), copy);
            control.copy(source.upstream(), names);
            return AdministrationDoor.ok(source.upstream()).build();
        });
    }
}
