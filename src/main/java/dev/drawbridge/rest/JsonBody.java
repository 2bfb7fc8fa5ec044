package dev.drawbridge.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads a request body that must be a JSON object. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * @param limit longest body, in bytes, unzipped
     * @throws GatewayException {@code UNSUPPORTED_MEDIA_TYPE}, {@code TOO_LARGE}, {@code INVALID_REQUEST}
     */
    public static ObjectNode read(InputStream body, Arrival arrival, long limit) {
        // Without this type a web page of anybody could post here through a visitor's browser without asking first.
        String type = arrival.contentType().toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json") && !type.contains("+json")) {
            throw new GatewayException(
                    ErrorKind.UNSUPPORTED_MEDIA_TYPE,
                    "The request body must be JSON with the header Content-Type: application/json");
        }
        try {
            JsonNode document = JsonCodec.parse(bytes(decoded(sent(body, arrival, limit), arrival), limit));
            if (document instanceof ObjectNode object) {
                return object;
            }
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "The request body must be a JSON object");
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "The request body " + e.getMessage());
        } catch (IOException e) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "The request body could not be read to its end", e);
        }
    }

    /** No more than was announced: where a client asks for another protocol, the server's stream has no other end. */
    private static InputStream sent(InputStream body, Arrival arrival, long limit) throws IOException {
        if (arrival.contentLength() > limit) {
            throw tooLarge(limit);
        }
        return arrival.contentLength() < 0
                ? body
                : new ByteArrayInputStream(exactly(body, Math.toIntExact(arrival.contentLength())));
    }

    private static byte[] exactly(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (body.readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the body is shorter than announced");
        }
        return bytes;
    }

    private static InputStream decoded(InputStream body, Arrival arrival) throws IOException {
        return switch (arrival.contentEncoding().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip" -> new GZIPInputStream(body);
            default ->
                throw new GatewayException(
                        ErrorKind.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or identity");
        };
    }

    private static byte[] bytes(InputStream body, long limit) throws IOException {
        byte[] bytes = body instanceof ByteArrayInputStream whole
                ? whole.readAllBytes()
                : body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static GatewayException tooLarge(long limit) {
        return new GatewayException(
                ErrorKind.TOO_LARGE, "The request body is longer than the " + limit + " bytes that are allowed");
    }
}
