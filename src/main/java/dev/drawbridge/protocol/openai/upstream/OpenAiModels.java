package dev.drawbridge.protocol.openai.upstream;

import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The list of models of an OpenAI-compatible server, at whatever address its preset says. */
public interface OpenAiModels extends AutoCloseable {

    /** {@code {"data":[{"id":…}]}}; vendors add the context under several names. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    JsonObject list();

    @Override
    void close();
}
