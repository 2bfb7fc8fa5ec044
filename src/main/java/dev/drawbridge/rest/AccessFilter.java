package dev.drawbridge.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@link Doorkeeper} before JAX-RS resources, but for those that {@link PermitAll} opens to everybody. */
public class AccessFilter implements ContainerRequestFilter {
    private final Doorkeeper doorkeeper;

    @Context
    @Nullable
    HttpServletRequest http;

    @Context
    @Nullable
    ResourceInfo resource;

    @Inject
    public AccessFilter(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!Objects.requireNonNull(resource).getResourceClass().isAnnotationPresent(PermitAll.class)) {
            doorkeeper.admit(Objects.requireNonNull(http));
        }
    }
}
