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

/** Chat completions: a conversation goes in, the next message comes out, whole or as a stream. */
@Path("chat/completions")
public class ChatResource {
    private final InferenceDoor door;

    @Inject
    public ChatResource(InferenceDoor door) {
        this.door = door;
    }

    @POST
    public void create(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.serve(Arrival.of(request), body, response, RequestChecks::chat);
    }
}
