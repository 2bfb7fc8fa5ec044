package dev.drawbridge.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@link Doorkeeper} before JAX-RS resources. */
public class AccessFilter implements ContainerRequestFilter {
    private final Doorkeeper doorkeeper;

    @Context
    @Nullable
    HttpServletRequest http;

    @Inject
    public AccessFilter(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        doorkeeper.admit(Objects.requireNonNull(http));
    }
}
