package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.rest.Failures;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;

/** Failures in Ollama's words: {@code {"error":"text"}} and a status, of which clients read both. */
public class OllamaErrors implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        GatewayException failure = Failures.of(thrown);
        Response.ResponseBuilder response = Response.status(failure.kind().status());
        Failures.headers(failure).forEach(response::header);
        return OllamaJson.in(response, body(failure));
    }

    /** The same where there is no JAX-RS; nothing, if the response has begun already. */
    public static void write(Throwable thrown, HttpServletResponse response) {
        GatewayException failure = Failures.of(thrown);
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(failure.kind().status());
        Failures.headers(failure).forEach(response::setHeader);
        try {
            OllamaJson.write(body(failure), response);
        } catch (IOException e) {
            // Then there is nobody to tell.
        }
    }

    public static ObjectNode body(GatewayException failure) {
        return Json.object().put("error", failure.message());
    }
}
