package dev.drawbridge.rest.access;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.governance.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.AnnotatedElement;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Doorkeeper} before JAX-RS resources, but for those that {@link PermitAll} opens to everybody. Resources see
 * whom it let in as JAX-RS has it, in the {@link SecurityContext}. No CDI bean: Jersey fills the fields of its own
 * objects reliably, and those of beans not always, where several applications start at the same moment.
 */
@Vetoed
public class AccessFilter implements ContainerRequestFilter {
    private static final String CALLER = "dev.drawbridge.caller";
    private static final String ADDRESS = "dev.drawbridge.address";

    private final Doorkeeper doorkeeper = CDI.current().select(Doorkeeper.class).get();
    private final ClientAddress addresses =
            CDI.current().select(ClientAddress.class).get();

    @Context
    @Nullable
    HttpServletRequest http;

    @Context
    @Nullable
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        ResourceInfo called = Objects.requireNonNull(resource);
        if (!called.getResourceClass().isAnnotationPresent(PermitAll.class)) {
            HttpServletRequest servlet = Objects.requireNonNull(http);
            Caller caller = doorkeeper.admit(servlet, required(called));
            servlet.setAttribute(CALLER, caller);
            servlet.setAttribute(ADDRESS, addresses.of(servlet));
            request.setSecurityContext(new Admitted(caller, request.getSecurityContext()));
        }
    }

    /** Whom it let in with this request. */
    public static Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("Nobody was let in with this request");
    }

    /** Where he called from. */
    public static String address(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ADDRESS));
    }

    private static Permission required(ResourceInfo called) {
        return Stream.<@Nullable AnnotatedElement>of(called.getResourceMethod(), called.getResourceClass())
                // What JAX-RS itself answers has no method of ours.
                .filter(Objects::nonNull)
                .map(element -> element.getAnnotation(Requires.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Requires::value)
                .orElse(Permission.ADMINISTER);
    }

    /** @param server what the server itself knows of the request */
    private record Admitted(Caller caller, @Nullable SecurityContext server) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller.principal().orElse(caller::name);
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller.roles().stream().map(Role::word).anyMatch(role::equals);
        }

        @Override
        public boolean isSecure() {
            return Optional.ofNullable(server).map(SecurityContext::isSecure).orElse(false);
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
