package dev.drawbridge.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A POST of JSON to an upstream.
 *
 * @param uri where to
 * @param headers the credential and the upstream's own headers; the content headers come by themselves
 * @param body JSON in pieces, which lie in arrays; never changed after construction
 */
public record UpstreamRequest(URI uri, Map<String, String> headers, List<ByteBuffer> body) {
    /** Of the body, in bytes. */
    long length() {
        long length = 0;
        for (ByteBuffer piece : body) {
            length += piece.remaining();
        }
        return length;
    }

    /** Writes the body; may be called again, where it has to be sent again. */
    void writeTo(OutputStream out) throws IOException {
        for (ByteBuffer piece : body) {
            out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
    }

    @Override
    public String toString() {
        return "POST " + uri;
    }
}
