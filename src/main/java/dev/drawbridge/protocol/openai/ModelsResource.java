package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.account.VisibleModels;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.access.AccessFilter;
import dev.drawbridge.routing.Route;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The models, in one form that OpenAI's, Anthropic's, vLLM's and Open WebUI's readers all understand. Open WebUI copies
 * entries into records of its own, so they must not have {@code pipeline}, {@code info}, {@code tags} or {@code name}.
 */
@Path("models")
@Produces(MediaType.APPLICATION_JSON)
@Requires(Permission.LIST)
public class ModelsResource {
    /** Nobody knows when a model was made available; that of this process stays the same, which spares clients updates. */
    private static final Instant CREATED = Instant.ofEpochMilli(
                    ManagementFactory.getRuntimeMXBean().getStartTime())
            .truncatedTo(ChronoUnit.SECONDS);

    private final VisibleModels models;

    @Inject
    public ModelsResource(VisibleModels models) {
        this.models = models;
    }

    @GET
    public byte[] list(@Context HttpServletRequest request) {
        ArrayNode data = Json.array();
        models.to(AccessFilter.caller(request)).routes().forEach(route -> data.add(entry(route, route.id())));
        ObjectNode list = Json.object().put("object", "list");
        list.set("data", data);
        list.put("has_more", false)
                .put("first_id", data.path(0).path("id").textValue())
                .put("last_id", data.path(data.size() - 1).path("id").textValue());
        return JsonCodec.write(list);
    }

    /** @param id may hold {@code /} and {@code :}, encoded or not */
    @GET
    @Path("{id: .+}")
    public byte[] get(@PathParam("id") String id, @Context HttpServletRequest request) {
        return JsonCodec.write(entry(models.to(AccessFilter.caller(request)).find(id), id));
    }

    private static ObjectNode entry(Route route, String id) {
        ObjectNode entry = Json.object()
                .put("id", id)
                .put("object", "model")
                .put("created", CREATED.getEpochSecond())
                .put("owned_by", route.facts().ownedBy())
                .put("type", "model")
                .put("display_name", route.facts().title())
                .put("created_at", CREATED.toString())
                .put("root", route.id())
                .putNull("parent");
        route.facts().context().ifPresent(tokens -> entry.put("max_model_len", tokens));
        entry.putArray("permission").add(permission(id));
        return entry;
    }

    /** As vLLM answers it. */
    private static ObjectNode permission(String id) {
        return Json.object()
                .put("id", "modelperm-" + Integer.toHexString(id.hashCode()))
                .put("object", "model_permission")
                .put("created", CREATED.getEpochSecond())
                .put("allow_create_engine", false)
                .put("allow_sampling", true)
                .put("allow_logprobs", true)
                .put("allow_search_indices", false)
                .put("allow_view", true)
                .put("allow_fine_tuning", false)
                .put("organization", "*")
                .putNull("group")
                .put("is_blocking", false);
    }
}
