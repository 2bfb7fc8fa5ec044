package dev.drawbridge.protocol.ollama.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.rest.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** How Ollama reads a request's body: as JSON, whatever its type says, which {@code curl -d} gets wrong. */
public final class OllamaBody {
    private OllamaBody() {}

    /** The arrival of a JSON document, unless it may come from a web page, which must say that it is one. */
    public static Arrival arrival(HttpServletRequest request, Caller caller) {
        return typed(Arrival.of(request, caller), request);
    }

    /** As above, for an arrival that is there already. */
    public static Arrival typed(Arrival arrival, HttpServletRequest request) {
        // Browsers add both to what pages of other origins post, and ask before they post JSON.
        boolean browser = request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null;
        return browser ? arrival : arrival.withContentType("application/json");
    }

    /**
     * The document.
     *
     * @param share what it takes of the memory for bodies
     */
    public static ObjectNode read(InputStream body, Arrival arrival, BodyMemory.Share share) {
        PushbackInputStream peeked = new PushbackInputStream(body);
        try {
            int first = arrival.contentLength() == 0 ? -1 : peeked.read();
            if (first < 0) {
                throw new GatewayException(ErrorKind.INVALID_REQUEST, "missing request body");
            }
            peeked.unread(first);
        } catch (IOException e) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "The request body could not be read to its end", e);
        }
        return JsonBody.read(peeked, arrival, share);
    }
}
