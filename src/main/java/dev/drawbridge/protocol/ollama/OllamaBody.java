package dev.drawbridge.protocol.ollama;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.rest.Arrival;
import jakarta.servlet.http.HttpServletRequest;

/** How Ollama reads a request's body: as JSON, whatever its type says, which {@code curl -d} gets wrong. */
public final class OllamaBody {
    private OllamaBody() {}

    /** The arrival of a JSON document, unless it may come from a web page, which must say that it is one. */
    public static Arrival arrival(HttpServletRequest request, Caller caller) {
        Arrival arrival = Arrival.of(request, caller);
        // Browsers add both to what pages of other origins post, and ask before they post JSON.
        boolean browser = request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null;
        return browser ? arrival : arrival.withContentType("application/json");
    }
}
