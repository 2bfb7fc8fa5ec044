package dev.drawbridge.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Doorkeeper} before JAX-RS resources, but for those that {@link PermitAll} opens to everybody. No CDI bean:
 * Jersey fills the fields of its own objects reliably, and those of beans not always, where several applications start
 * at the same moment.
 */
@Vetoed
public class AccessFilter implements ContainerRequestFilter {
    private final Doorkeeper doorkeeper = CDI.current().select(Doorkeeper.class).get();

    @Context
    @Nullable
    HttpServletRequest http;

    @Context
    @Nullable
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!Objects.requireNonNull(resource).getResourceClass().isAnnotationPresent(PermitAll.class)) {
            doorkeeper.admit(Objects.requireNonNull(http));
        }
    }
}
