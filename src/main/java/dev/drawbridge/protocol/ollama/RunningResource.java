package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The models in memory: models elsewhere are in nobody's that clients could know of. */
@Path("ps")
public class RunningResource {
    @GET
    public Response running() {
        ObjectNode none = Json.object();
        none.putArray("models");
        return OllamaJson.ok(none);
    }
}
