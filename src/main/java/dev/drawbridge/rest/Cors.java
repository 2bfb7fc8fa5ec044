package dev.drawbridge.rest;

import dev.drawbridge.rest.access.Origins;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets web pages of the configured origins call the API; browser SDKs send {@code x-stainless-*} headers of their own. */
@WebFilter(
        urlPatterns = {"/v1/*", "/api/*"},
        asyncSupported = true)
public class Cors implements Filter {
    @Inject
    @Nullable
    Origins origins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            String origin = http.getHeader("Origin");
            if (origin != null && Objects.requireNonNull(origins).allow(origin)) {
                answer.setHeader("Access-Control-Allow-Origin", origin);
                answer.addHeader("Vary", "Origin");
                answer.setHeader("Access-Control-Expose-Headers", "*, x-request-id, retry-after");
            }
            if (http.getMethod().equals("OPTIONS") && http.getHeader("Access-Control-Request-Method") != null) {
                preflight(http, answer);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static void preflight(HttpServletRequest request, HttpServletResponse answer) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        answer.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, HEAD, OPTIONS");
        answer.setHeader("Access-Control-Allow-Headers", headers == null ? "authorization, content-type" : headers);
        answer.setHeader("Access-Control-Max-Age", "600");
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
