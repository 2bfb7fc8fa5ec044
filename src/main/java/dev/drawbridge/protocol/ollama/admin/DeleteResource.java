package dev.drawbridge.protocol.ollama.admin;

import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.routing.Owner;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;

/** Throws the weights of a model away. */
@Path("delete")
@Requires(Permission.ADMINISTER)
public class DeleteResource {
    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public DeleteResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @DELETE
    public void delete(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.serve(request, body, response, order -> {
            order.refuseForeign();
            Owner owner = order.owners().of(order.model());
            order.note("delete", order.model(), owner);
            control.delete(owner.upstream(), order.to(owner));
            return AdministrationDoor.ok(owner.upstream()).build();
        });
    }
}
