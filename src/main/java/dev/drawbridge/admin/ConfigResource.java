package dev.drawbridge.admin;

import dev.drawbridge.admin.model.Revision;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.file.Masking;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The configuration in force, in the form of the file, its variables put in and its secrets masked. */
@Path("")
@Requires(Permission.OVERSEE)
public class ConfigResource {
    private final LiveConfig config;

    @Inject
    public ConfigResource(LiveConfig config) {
        this.config = config;
    }

    @GET
    public Response get() {
        LiveConfig.Loaded stored = config.stored();
        LiveConfig.Loaded inForce = config.inForce();
        // Both at once: a change is measured against what is stored, of which more may be than is in force.
        Response.ResponseBuilder head = Response.ok()
                .header(HttpHeaders.ETAG, Revision.of(stored))
                .header("x-drawbridge-pending", !stored.overlay().equals(inForce.overlay()));
        return ManagementDoor.json(head, Masking.mask(inForce.document()));
    }
}
