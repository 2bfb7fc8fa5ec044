package dev.drawbridge.webhook;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An address, which is the client's own. Without a path on the type, so that no server takes it for a resource. */
public interface WebhookApi extends AutoCloseable {
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Response post(
            @HeaderParam(Signature.HEADER) String signature,
            @HeaderParam("x-drawbridge-delivery") String delivery,
            byte[] body);

    @Override
    void close();
}
