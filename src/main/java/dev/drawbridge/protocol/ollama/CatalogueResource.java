package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.account.VisibleModels;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.rest.access.AccessFilter;
import dev.drawbridge.routing.Route;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What clients ask first: which version this is, and which models there are. */
@Path("")
@Requires(Permission.LIST)
public class CatalogueResource {
    /**
     * The version of Ollama whose API this is like. Clients compute with it: Open WebUI makes numbers of its parts, and
     * VS Code turns away from anything before 0.6.4.
     */
    static final String VERSION = "0.12.6";

    private final VisibleModels models;

    @Inject
    public CatalogueResource(VisibleModels models) {
        this.models = models;
    }

    @GET
    @Path("version")
    public Response version() {
        return OllamaJson.ok(Json.object().put("version", VERSION));
    }

    @GET
    @Path("tags")
    public Response tags(@Context HttpServletRequest request) {
        ArrayNode list = Json.array();
        models.to(AccessFilter.caller(request))
                .routes()
                .forEach(route -> list.add(ModelCard.of(route).tag()));
        return OllamaJson.ok(Json.object().set("models", list));
    }

    /** An older form of the list, OpenAI's with Ollama's names, that clients of other proxies ask for. */
    @GET
    @Path("models")
    public Response models(@Context HttpServletRequest request) {
        ArrayNode data = Json.array();
        models.to(AccessFilter.caller(request)).routes().forEach(route -> data.add(entry(route)));
        return OllamaJson.ok(Json.object().put("object", "list").set("data", data));
    }

    private static ObjectNode entry(Route route) {
        String name = ModelCard.of(route).name();
        ObjectNode entry = Json.object()
                .put("id", name)
                .put("name", name)
                .put("model_id", name)
                .put("object", "model")
                .put("created", ModelCard.SINCE.getEpochSecond())
                .put("owned_by", route.facts().ownedBy())
                .put("root", route.id())
                .putNull("parent");
        entry.putArray("permission");
        return entry;
    }
}
