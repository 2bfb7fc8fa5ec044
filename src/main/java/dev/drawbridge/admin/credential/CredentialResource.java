package dev.drawbridge.admin.credential;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.file.Nearest;
import dev.drawbridge.credential.CredentialStore;
import dev.drawbridge.credential.Stored;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.json.Documents;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The credential that the gateway stores for an upstream: it can be given, replaced and deleted, and never read. */
@Path("upstreams/{name}/credential")
@Tag(name = "Upstreams")
@Requires(Permission.ADMINISTER)
public class CredentialResource {
    private final AdminDoor door;
    private final CredentialStore store;
    private final LiveConfig config;

    @Inject
    public CredentialResource(AdminDoor door, CredentialStore store, LiveConfig config) {
        this.door = door;
        this.store = store;
        this.config = config;
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(
            summary = "Get what may be known of an upstream's stored credential",
            description = "404 where none is stored: then that of the configuration is in force.")
    @APIResponseSchema(ShownCredential.class)
    public void getCredential(
            @PathParam("name") String name, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> answer(store.get(name)));
    }

    @PUT
    @Operation(
            summary = "Store an upstream's credential",
            description = "It is kept encrypted, and in force on all nodes within a second, in place of those of the"
                    + " configuration and of what was stored before.")
    @RequestBodySchema(GivenCredential.class)
    @APIResponseSchema(ShownCredential.class)
    public void putCredential(
            @PathParam("name") String name,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> {
            known(name);
            GivenCredential given = call.body(GivenCredential.class);
            return answer(store.put(name, given.secrets(), call.expected(), call.actor()));
        });
    }

    @DELETE
    @Operation(
            summary = "Delete an upstream's stored credential",
            description = "From then on that of the configuration is in force again.")
    public void deleteCredential(
            @PathParam("name") String name, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            store.delete(name, call.expected(), call.actor());
            return Answers.done();
        });
    }

    private void known(String name) {
        List<String> names =
                config.current().upstreams().stream().map(UpstreamConfig::name).toList();
        if (!names.contains(name)) {
            throw new GatewayException(
                    ErrorKind.NOT_FOUND,
                    "No upstream is called " + name
                            + Nearest.to(name, names)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
        }
    }

    private static Response answer(Stored stored) {
        return Answers.ok(Documents.tree(ShownCredential.of(stored)), stored.version());
    }
}
