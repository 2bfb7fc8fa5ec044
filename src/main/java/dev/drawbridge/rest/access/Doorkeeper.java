package dev.drawbridge.rest.access;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Role;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets nobody in whom {@link Identification} does not know, and nobody do what their roles do not allow. */
@Singleton
public class Doorkeeper {
    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "bearer ";

    private final Identification identification;
    private final ClientAddress addresses;
    private final Origins origins;
    private final LiveConfig config;

    @Inject
    public Doorkeeper(Identification identification, ClientAddress addresses, Origins origins, LiveConfig config) {
        this.identification = identification;
        this.addresses = addresses;
        this.origins = origins;
        this.config = config;
    }

    /**
     * Somebody who may ask models.
     *
     * @throws GatewayException {@code UNAUTHENTICATED}, {@code FORBIDDEN}, {@code RATE_LIMITED} after too many failures
     */
    public Caller admit(HttpServletRequest request) {
        return admit(request, Permission.ASK);
    }

    /** Somebody who may do this; the failures are the same. */
    public Caller admit(HttpServletRequest request, Permission permission) {
        checkPort(request, permission);
        Caller caller = identification.caller(credential(request), addresses.of(request), () -> isLocal(request));
        if (!caller.may(permission)) {
            throw new GatewayException(
                    ErrorKind.FORBIDDEN,
                    "This takes one of the roles " + words(role -> role.may(permission)) + "; you have "
                            + words(caller.roles()::contains));
        }
        return caller;
    }

    /**
     * Where administration has a port of its own, that asks no models, and no other port administers. Permissions tell
     * which is which. What everybody may see is on all: pages of both want to know who is there.
     */
    private void checkPort(HttpServletRequest request, Permission permission) {
        int port = config.current().server().adminPort();
        boolean forModels = permission == Permission.ASK;
        if (port > 0 && permission != Permission.LIST && forModels == (request.getLocalPort() == port)) {
            throw new GatewayException(
                    ErrorKind.NOT_FOUND,
                    forModels ? "This port is for administration" : "Administration has a port of its own");
        }
    }

    private static String words(Predicate<Role> which) {
        String words = Stream.of(Role.values()).filter(which).map(Role::word).collect(Collectors.joining(", "));
        return words.isEmpty() ? "none" : words;
    }

    private static Optional<String> credential(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Stream.of("x-api-key", "api-key")
                .map(request::getHeader)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * A program on this machine that meant to call us: not somebody behind a proxy, no web page of others, and none whose
     * host name was pointed at this machine (DNS rebinding).
     */
    private boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && PROXY_HEADERS.stream().allMatch(name -> request.getHeader(name) == null)
                && LOCAL_HOSTS.contains(request.getServerName().toLowerCase(Locale.ROOT))
                && !origins.areForeign(request);
    }

    /** By its text: looking addresses up costs time, and may ask a name server. */
    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }
}
