package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.model.ModelListing;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code GET /models}: what is downloaded and what is configured. */
@Path("")
@Requires(Permission.LIST)
public class ModelsResource {
    private final ManagementDoor door;
    private final ModelListing listing;

    @Inject
    public ModelsResource(ManagementDoor door, ModelListing listing) {
        this.door = door;
        this.listing = listing;
    }

    @GET
    public void list(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.run(request, response, language -> {
            ArrayNode list = Json.array();
            listing.entries().forEach(entry -> list.add(entry(entry)));
            return ManagementDoor.json(Response.ok(), list);
        });
    }

    private static ObjectNode entry(ModelListing.Entry entry) {
        ObjectNode document = Json.object()
                .put("name", entry.name())
                .put("size", entry.size())
                .put("type", entry.type())
                .put("configured", entry.configured());
        if (!entry.ids().isEmpty()) {
            entry.ids().forEach(document.putArray("configured_as")::add);
        }
        return document;
    }
}
