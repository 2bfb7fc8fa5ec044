package dev.drawbridge.rest;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request at the door: what is needed of it after the server's thread has gone on.
 *
 * @param id the request id
 * @param contentType as sent; empty if none was
 * @param contentEncoding as sent; empty if none was
 * @param contentLength of the body, in bytes; negative where it is not said
 * @param startedNanos {@link System#nanoTime} at its arrival
 * @param scope ends when the client goes away, or the gateway stops
 * @param headers the value of a header by its name, whatever the case, or an empty text
 */
public record Arrival(
        String id,
        Caller caller,
        String contentType,
        String contentEncoding,
        long contentLength,
        long startedNanos,
        CallScope scope,
        UnaryOperator<String> headers) {
    public static Arrival of(HttpServletRequest request, Caller caller) {
        return of(request, caller, new CallScope());
    }

    public static Arrival of(HttpServletRequest request, Caller caller, CallScope scope) {
        return new Arrival(
                RequestId.of(request),
                caller,
                Optional.ofNullable(request.getContentType()).orElse(""),
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse(""),
                request.getContentLengthLong(),
                System.nanoTime(),
                scope,
                name -> header(request, name));
    }

    /** The same, taken for a request with this type of content. */
    public Arrival withContentType(String type) {
        return new Arrival(id, caller, type, contentEncoding, contentLength, startedNanos, scope, headers);
    }

    /** A header that is there twice is one list. */
    private static String header(HttpServletRequest request, String name) {
        return request.getHeader(name) == null ? "" : String.join(",", Collections.list(request.getHeaders(name)));
    }
}
