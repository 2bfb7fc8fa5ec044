package dev.drawbridge.protocol.openai;

import dev.drawbridge.rest.GoneClients;
import dev.drawbridge.rest.access.AccessFilter;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The OpenAI API under {@code /v1}. */
@ApplicationPath("v1")
public class OpenAiApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ModelsResource.class, AccessFilter.class, GoneClients.class, OpenAiErrors.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // Jersey holds the first 8 KB of an answer back otherwise, flush or not: no token would stream.
                "jersey.config.server.contentLength.buffer", "0",
                "jersey.config.server.wadl.disableWadl", "true");
    }
}
