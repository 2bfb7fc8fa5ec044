package dev.drawbridge.admin.credential;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.credential.CredentialStore;
import dev.drawbridge.credential.CredentialStore.Rewrapped;
import dev.drawbridge.credential.Stored;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.registry.json.Documents;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All stored credentials together. */
@Path("credentials")
@Tag(name = "Upstreams")
@Requires(Permission.ADMINISTER)
public class CredentialsResource {
    private final AdminDoor door;
    private final CredentialStore store;

    @Inject
    public CredentialsResource(AdminDoor door, CredentialStore store) {
        this.door = door;
        this.store = store;
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(summary = "List stored credentials", description = "What may be known of them, by upstream.")
    @APIResponseSchema(ShownCredential.class)
    public void listCredentials(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(
                request,
                response,
                call -> Answers.page(
                        call.page().of(store.after(call.page().after().orElse("")), Stored::upstream),
                        stored -> Documents.tree(ShownCredential.of(stored))));
    }

    @POST
    @Path("rewrap")
    @Operation(
            summary = "Encrypt all stored credentials with the first encryption key",
            description = "Afterwards no other key is needed, but for those that `unreadable` names.")
    @APIResponseSchema(Rewrapped.class)
    public void rewrapCredentials(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> Answers.ok(Documents.tree(store.rewrap(call.actor()))));
    }
}
