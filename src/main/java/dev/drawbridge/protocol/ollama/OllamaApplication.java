package dev.drawbridge.protocol.ollama;

import dev.drawbridge.protocol.ollama.admin.BlobsResource;
import dev.drawbridge.protocol.ollama.admin.CopyResource;
import dev.drawbridge.protocol.ollama.admin.CreateResource;
import dev.drawbridge.protocol.ollama.admin.DeleteResource;
import dev.drawbridge.protocol.ollama.admin.PsResource;
import dev.drawbridge.protocol.ollama.admin.PullResource;
import dev.drawbridge.protocol.ollama.admin.PushResource;
import dev.drawbridge.rest.GoneClients;
import dev.drawbridge.rest.HealthResource;
import dev.drawbridge.rest.access.AccessFilter;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The Ollama API under {@code /api}, with what else lives there; the operations that ask a model are a servlet. */
@ApplicationPath("api")
public class OllamaApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                CatalogueResource.class,
                ShowResource.class,
                AccountResource.class,
                PullResource.class,
                PushResource.class,
                CreateResource.class,
                CopyResource.class,
                DeleteResource.class,
                BlobsResource.class,
                PsResource.class,
                HealthResource.class,
                AccessFilter.class,
                GoneClients.class,
                OllamaErrors.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // Jersey holds the first 8 KB of an answer back otherwise, flush or not: no token would stream.
                "jersey.config.server.contentLength.buffer", "0",
                "jersey.config.server.wadl.disableWadl", "true");
    }
}
