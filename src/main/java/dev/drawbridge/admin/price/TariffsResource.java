package dev.drawbridge.admin.price;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/**
 * What can be done with tariffs of every kind. For OpenAPI, a resource's class names its kind and its records in
 * {@code @Schema}; {@code Object} here stands for these records.
 */
public abstract class TariffsResource<T> {
    private final AdminDoor door;
    private final Tariffs<T> tariffs;

    TariffsResource(AdminDoor door, Tariffs<T> tariffs) {
        this.door = door;
        this.tariffs = tariffs;
    }

    @POST
    @Requires(Permission.ADMINISTER)
    @Operation(summary = "Enter a {kind}", description = "Where it does not say from when, it holds from now on.")
    @RequestBodySchema(Object.class)
    @APIResponseSchema(value = Object.class, responseCode = "201", responseDescription = "It is entered.")
    public void create(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, body, response, tariffs::create);
    }

    @GET
    @Path("{id}")
    @Requires(Permission.OVERSEE)
    @Operation(summary = "Get a {kind}")
    @APIResponseSchema(Object.class)
    public void get(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> tariffs.get(id));
    }

    @PATCH
    @Path("{id}")
    @Requires(Permission.ADMINISTER)
    @Operation(
            summary = "Change a {kind}",
            description = "As RFC 7396 says: what is not sent stays, null takes away. What calls have cost before"
                    + " stays; a new {kind} that holds from a time of its own is mostly better.")
    @RequestBodySchema(Object.class)
    @APIResponseSchema(Object.class)
    public void change(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> tariffs.change(call, id));
    }

    @DELETE
    @Path("{id}")
    @Requires(Permission.ADMINISTER)
    @Operation(summary = "Delete a {kind}")
    public void delete(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> tariffs.delete(call, id));
    }

    /** Those that the query asks for. */
    void answerList(HttpServletRequest request, AsyncResponse response) {
        door.open(request, response, tariffs::list);
    }

    AdminDoor door() {
        return door;
    }
}
