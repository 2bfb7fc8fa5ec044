package dev.drawbridge.protocol.ollama.admin;

import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.protocol.ollama.admin.AdministrationDoor.Running;
import dev.drawbridge.protocol.ollama.control.OllamaStore;
import dev.drawbridge.routing.Owner;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.util.Optional;

/** Fetches a model. One that is no Ollama's is there already, which is all that clients want to know. */
@Path("pull")
@Requires(Permission.ADMINISTER)
public class PullResource {
    private final AdministrationDoor door;
    private final OllamaStore store;

    @Inject
    public PullResource(AdministrationDoor door, OllamaStore store) {
        this.door = door;
        this.store = store;
    }

    @POST
    public void pull(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.stream(request, body, response, order -> {
            if (order.owners().isForeign(order.model())) {
                return new Running(Optional.empty(), new Done());
            }
            Owner owner = order.owners().of(order.model());
            order.note("pull", order.model(), owner);
            return Running.at(owner.upstream(), store.download(owner.upstream(), order.to(owner)));
        });
    }
}
