package dev.drawbridge.protocol.ollama.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.wire.JsonCodec;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** A document as an answer, with its length: an answer to HEAD has no other way to tell it. */
public final class OllamaJson {
    private static final String TYPE = "application/json; charset=utf-8";

    private OllamaJson() {}

    public static Response ok(JsonNode document) {
        return in(Response.ok(), document);
    }

    public static Response in(Response.ResponseBuilder head, JsonNode document) {
        byte[] bytes = JsonCodec.write(document);
        return head.entity(bytes)
                .type(TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .build();
    }

    /** The same where there is no JAX-RS. */
    public static void write(ObjectNode document, HttpServletResponse response) throws IOException {
        byte[] bytes = JsonCodec.write(document);
        response.setContentType(TYPE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
