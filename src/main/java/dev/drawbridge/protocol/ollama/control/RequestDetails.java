package dev.drawbridge.protocol.ollama.control;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.InputStream;

/** What the typed client cannot say by itself. */
public class RequestDetails implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext request) {
        if (request.getUri().getPath().endsWith("/api/delete")) {
            request.setMethod(HttpMethod.DELETE);
        }
        // Weights are gigabytes: sent on as they come, where Jersey's client would collect them in memory first.
        if (request.getEntity() instanceof InputStream) {
            request.setProperty("jersey.config.client.request.entity.processing", "CHUNKED");
        }
    }
}
