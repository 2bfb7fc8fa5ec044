package dev.drawbridge.protocol.openai;

import dev.drawbridge.rest.Arrival;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;

/** Embeddings: texts go in, vectors come out. */
@Path("embeddings")
public class EmbeddingsResource {
    private final InferenceDoor door;

    @Inject
    public EmbeddingsResource(InferenceDoor door) {
        this.door = door;
    }

    @POST
    public void create(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.serve(Arrival.of(request), body, response, RequestChecks::embedding);
    }
}
