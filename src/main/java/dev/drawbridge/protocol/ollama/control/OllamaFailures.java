package dev.drawbridge.protocol.ollama.control;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.UpstreamErrors;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Ollama's own words for what it refuses; the cause keeps its status. */
public class OllamaFailures implements ResponseExceptionMapper<GatewayException> {
    @Override
    public GatewayException toThrowable(Response response) {
        GatewayException failure = UpstreamErrors.general().read(response.getStatus(), body(response));
        // A name that it does not like is no model that it does not know: clients are told Ollama's own status.
        ErrorKind kind = response.getStatus() == 400 ? ErrorKind.INVALID_REQUEST : failure.kind();
        return new GatewayException(kind, failure.message(), new WebApplicationException(response.getStatus()));
    }

    private static byte[] body(Response response) {
        try {
            return response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
        } catch (ProcessingException e) {
            // Its end is missing; the status says enough.
            return new byte[0];
        }
    }
}
