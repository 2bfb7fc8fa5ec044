package dev.drawbridge.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives every response a status before another thread takes it over. A server's thread looks at the status on its way
 * out, and Grizzly, where there is none yet, then sets 200: over the one that the other thread has just set, if the two
 * meet. An error would reach its client as an answer.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class FirstStatus implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response instanceof HttpServletResponse answer) {
            answer.setStatus(HttpServletResponse.SC_OK);
        }
        chain.doFilter(request, response);
    }
}
