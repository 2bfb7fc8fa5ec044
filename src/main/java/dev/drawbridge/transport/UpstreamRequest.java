package dev.drawbridge.transport;

import java.net.URI;
import java.util.Map;

/**
 * A POST of JSON to an upstream.
 *
 * @param uri where to
 * @param headers the credential and the upstream's own headers; the content headers come by themselves
 * @param body JSON; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record UpstreamRequest(URI uri, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
        return "POST " + uri;
    }
}
