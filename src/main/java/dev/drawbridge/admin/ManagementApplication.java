package dev.drawbridge.admin;

import dev.drawbridge.rest.GoneClients;
import dev.drawbridge.rest.access.AccessFilter;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What all parts of the management API have in common: who may come in, and how failures are said. */
abstract class ManagementApplication extends Application {
    static final Map<String, Object> PROPERTIES = Map.of(
            // Jersey holds the first 8 KB of an answer back otherwise: no progress would be seen.
            "jersey.config.server.contentLength.buffer", "0",
            "jersey.config.server.wadl.disableWadl", "true");

    private final Set<Class<?>> resources;

    ManagementApplication(Class<?>... resources) {
        this.resources = new HashSet<>(Set.of(resources));
        this.resources.add(AccessFilter.class);
        this.resources.add(GoneClients.class);
        this.resources.add(ManagementErrors.class);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.copyOf(resources);
    }

    @Override
    public Map<String, Object> getProperties() {
        return PROPERTIES;
    }
}
