package dev.drawbridge.protocol.ollama;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The root: Ollama's clients look there whether it runs, people want a page. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class FrontDoor implements Filter {
    private static final byte[] RUNNING = "Ollama is running".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && isRoot(http)) {
            answer(http, answer);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isRoot(HttpServletRequest request) {
        String method = request.getMethod();
        return request.getRequestURI().equals(request.getContextPath() + "/")
                && (method.equals("GET") || method.equals("HEAD"));
    }

    private static void answer(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        answer.setHeader("Vary", "Accept");
        if (prefersPage(request.getHeader("Accept"))) {
            answer.sendRedirect(request.getContextPath() + "/docs/");
            return;
        }
        answer.setContentType("text/plain; charset=utf-8");
        answer.setContentLength(RUNNING.length);
        if (request.getMethod().equals("GET")) {
            answer.getOutputStream().write(RUNNING);
        }
    }

    /** Whether HTML is named, and not below plain text: programs name neither. */
    static boolean prefersPage(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        double html = quality(accept, "text/html");
        return html > 0 && html >= quality(accept, "text/plain");
    }

    private static double quality(String accept, String type) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            if (parts[0].strip().equals(type)) {
                return quality(parts);
            }
        }
        return 0;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            if (part.strip().startsWith("q=")) {
                try {
                    return Double.parseDouble(part.strip().substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
