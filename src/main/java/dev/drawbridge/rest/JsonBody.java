package dev.drawbridge.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Reads a request body that must be a JSON object. */
public final class JsonBody {
    /** Bytes unzipped at a time. */
    private static final int BUFFER = 16 * 1024;

    private JsonBody() {}

    /**
     * Reads a body that may be as long as the configuration says.
     *
     * @param share what it takes of the memory for bodies; to be closed when the document is no longer needed
     * @throws GatewayException {@code UNSUPPORTED_MEDIA_TYPE}, {@code TOO_LARGE}, {@code INVALID_REQUEST},
     *     {@code OVERLOADED}
     */
    public static ObjectNode read(InputStream body, Arrival arrival, BodyMemory.Share share) {
        return read(body, arrival, share.limit(), share::take);
    }

    /**
     * Reads a body that can only be short.
     *
     * @param limit longest body, in bytes, unzipped
     * @throws GatewayException {@code UNSUPPORTED_MEDIA_TYPE}, {@code TOO_LARGE}, {@code INVALID_REQUEST}
     */
    public static ObjectNode read(InputStream body, Arrival arrival, long limit) {
        return read(body, arrival, limit, bytes -> {});
    }

    private static ObjectNode read(InputStream body, Arrival arrival, long limit, LongConsumer memory) {
        if (!isJson(arrival.contentType())) {
            throw new GatewayException(
                    ErrorKind.UNSUPPORTED_MEDIA_TYPE,
                    "The request body must be JSON with the header Content-Type: application/json");
        }
        try {
            JsonNode document = JsonCodec.parseInPlace(bytes(body, arrival, limit, memory));
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

    /**
     * Without this a web page of anybody could post here through a visitor's browser without asking first. Parameters
     * do not count: browsers do not look at them either, so that {@code text/plain;a=+json} goes out unasked.
     */
    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static byte[] bytes(InputStream body, Arrival arrival, long limit, LongConsumer memory) throws IOException {
        boolean zipped = isZipped(arrival);
        if (arrival.contentLength() > limit) {
            throw tooLarge(limit);
        }
        if (arrival.contentLength() < 0) {
            return all(zipped ? new GZIPInputStream(body, BUFFER) : body, limit, memory);
        }
        // No more than was announced: where a client asks for another protocol, the server's stream has no other end.
        byte[] sent = exactly(body, Math.toIntExact(arrival.contentLength()), memory);
        return zipped ? all(new GZIPInputStream(new ByteArrayInputStream(sent), BUFFER), limit, memory) : sent;
    }

    private static boolean isZipped(Arrival arrival) {
        return switch (arrival.contentEncoding().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip" -> true;
            default ->
                throw new GatewayException(
                        ErrorKind.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or identity");
        };
    }

    private static byte[] exactly(InputStream body, int length, LongConsumer memory) throws IOException {
        memory.accept(length);
        byte[] bytes = new byte[length];
        if (body.readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the body is shorter than announced");
        }
        return bytes;
    }

    private static byte[] all(InputStream body, long limit, LongConsumer memory) throws IOException {
        InputStream counted = new FilterInputStream(body) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                memory.accept(Math.max(0, read));
                return read;
            }
        };
        byte[] bytes = counted.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
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
