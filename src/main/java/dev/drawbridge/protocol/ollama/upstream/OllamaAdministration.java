package dev.drawbridge.protocol.ollama.upstream;

import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What Ollama says of itself. Without an address of its own on the type, so that no server takes it for a resource. */
@Produces(MediaType.APPLICATION_JSON)
public interface OllamaAdministration extends AutoCloseable {

    /**
     * The models that are there: {@code {"models":[{"name":…,"details":{…},"capabilities":[…]}]}}. Any other value, and
     * null for an empty answer, if what answers is no Ollama.
     */
    @GET
    @Path("api/tags")
    @Nullable
    JsonValue tags();

    @Override
    void close();
}
