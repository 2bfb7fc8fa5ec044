package dev.drawbridge.rest.signin;

import dev.drawbridge.governance.issuer.SignInPlace;
import dev.drawbridge.governance.issuer.SignInPlaces;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pages hold a token: they run no script that is not a file of the gateway, talk to nobody but the gateway and the
 * identity providers, cannot be framed, and tell nobody their address.
 */
@WebFilter(
        urlPatterns = {"/docs/*", "/signin/*"},
        asyncSupported = true)
public class PageHeaders implements Filter {
    @Inject
    @Nullable
    SignInPlaces places;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response instanceof HttpServletResponse answer) {
            headers(Objects.requireNonNull(places).all()).forEach(answer::setHeader);
        }
        chain.doFilter(request, response);
    }

    static Map<String, String> headers(List<SignInPlace> places) {
        String providers = places.stream()
                .flatMap(SignInPlace::origins)
                .distinct()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return Map.of(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
                        + providers + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "Cache-Control",
                "no-cache");
    }
}
