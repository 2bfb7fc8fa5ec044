package dev.drawbridge.admin.organisation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Creations.Made;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.registry.Entry;
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
 * What can be done with the entries of every kind. For OpenAPI, a resource's class names its kind and its records in
 * {@code @Schema}; {@code Object} here stands for these records.
 */
public abstract class EntriesResource<T> {
    private final AdminDoor door;
    private final Creations creations;
    private final Entries<T> entries;

    EntriesResource(AdminDoor door, Creations creations, Entries<T> entries) {
        this.door = door;
        this.creations = creations;
        this.entries = entries;
    }

    @GET
    @Requires(Permission.SEE_TEAMS)
    @Operation(summary = "List {kinds}", description = "Those that you may see, by id.")
    @APIResponseSchema(Object.class)
    public void list(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> Answers.page(entries.list(call), this::view));
    }

    @POST
    @Requires(Permission.LEAD_TEAMS)
    @Operation(summary = "Make a {kind}")
    @RequestBodySchema(Object.class)
    @APIResponseSchema(value = Object.class, responseCode = "201", responseDescription = "It is made.")
    public void create(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> {
            ObjectNode sent = call.body();
            return creations.once(call, sent, () -> make(call, sent));
        });
    }

    @GET
    @Path("{id}")
    @Requires(Permission.SEE_TEAMS)
    @Operation(summary = "Get a {kind}")
    @APIResponseSchema(Object.class)
    public void get(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            Entry<T> entry = entries.get(call, id);
            return Answers.ok(view(entry), entry.version());
        });
    }

    @PATCH
    @Path("{id}")
    @Requires(Permission.LEAD_TEAMS)
    @Operation(
            summary = "Change a {kind}",
            description = "What is sent is put over what is there (RFC 7396): `null` takes a value away.")
    @RequestBodySchema(Object.class)
    @APIResponseSchema(Object.class)
    public void change(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> {
            Entry<T> entry = keep(call, entries.changed(call, id));
            return Answers.ok(view(entry), entry.version());
        });
    }

    @DELETE
    @Path("{id}")
    @Requires(Permission.LEAD_TEAMS)
    @Operation(
            summary = "Delete a {kind}",
            description = "With it go the budgets and limits that are for it alone. What others still belong to stays:"
                    + " 409 says who.")
    public void delete(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> entries.delete(call, id));
    }

    Entries<T> entries() {
        return entries;
    }

    /** Makes a new one. */
    Made make(Call call, ObjectNode sent) {
        return made(201, entries.create(call, sent));
    }

    /** Stores a changed one. */
    Entry<T> keep(Call call, Entry<T> changed) {
        return entries.keep(call, changed);
    }

    /** What is answered of it. */
    ObjectNode view(Entry<T> entry) {
        return entries.view(entry);
    }

    Made made(int status, Entry<T> entry) {
        return new Made(status, view(entry), entry.version(), entries.path(entry.id()));
    }
}
