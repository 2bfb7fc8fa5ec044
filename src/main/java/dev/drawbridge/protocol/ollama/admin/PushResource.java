package dev.drawbridge.protocol.ollama.admin;

import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.protocol.ollama.admin.AdministrationDoor.Running;
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

/** Sends a model to a registry. */
@Path("push")
@Requires(Permission.ADMINISTER)
public class PushResource {
    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public PushResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @POST
    public void push(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.stream(request, body, response, order -> {
            order.refuseForeign();
            Owner owner = order.owners().of(order.model());
            order.note("push", order.model(), owner);
            return Running.at(owner.upstream(), control.push(owner.upstream(), order.to(owner)));
        });
    }
}
