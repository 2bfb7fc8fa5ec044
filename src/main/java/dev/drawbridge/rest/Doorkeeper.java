package dev.drawbridge.rest;

import dev.drawbridge.config.Secret;
import dev.drawbridge.governance.Access;
import dev.drawbridge.governance.Caller;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Lets nobody in whom {@link Access} does not know. */
@Singleton
public class Doorkeeper {
    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "bearer ";

    private final Access access;

    @Inject
    public Doorkeeper(Config config) {
        this.access = new Access(new Secret(
                config.getOptionalValue("drawbridge.admin.key", String.class).orElse("")));
    }

    /** @throws GatewayException {@code UNAUTHENTICATED} */
    public Caller admit(HttpServletRequest request) {
        Optional<String> credential = credential(request);
        return credential
                .flatMap(access::withCredential)
                .or(() -> access.withoutCredential(isLocal(request)))
                .orElseThrow(() -> refusal(credential.isPresent()));
    }

    private GatewayException refusal(boolean given) {
        if (given) {
            return new GatewayException(ErrorKind.UNAUTHENTICATED, "Incorrect API key provided")
                    .withCode("invalid_api_key");
        }
        return new GatewayException(
                ErrorKind.UNAUTHENTICATED,
                access.isLocked()
                        ? "You didn't provide an API key: send it as Authorization: Bearer KEY"
                        : "This gateway answers only programs on its own machine until DRAWBRIDGE_ADMIN_KEY is set");
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
     * A program on this machine that meant to call us: not somebody behind a proxy, and not a web page whose host name
     * was pointed at this machine (DNS rebinding).
     */
    private static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && PROXY_HEADERS.stream().allMatch(name -> request.getHeader(name) == null)
                && LOCAL_HOSTS.contains(request.getServerName().toLowerCase(Locale.ROOT));
    }

    /** By its text: looking addresses up costs time, and may ask a name server. */
    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }
}
