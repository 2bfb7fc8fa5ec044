package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
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

/** Makes a model, at the upstream of the model that it is made from. */
@Path("create")
@Requires(Permission.ADMINISTER)
public class CreateResource {
    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public CreateResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @POST
    public void create(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.stream(request, body, response, order -> {
            String from = Json.text(order.body(), "from");
            Owner owner = order.owners().ofNew(order.model(), from);
            order.note("create", order.model(), owner);
            ObjectNode made = order.to(owner);
            if (!from.isEmpty()) {
                made.put("from", order.owners().nameAt(owner.upstream(), from));
            }
            return Running.at(owner.upstream(), control.create(owner.upstream(), made));
        });
    }
}
