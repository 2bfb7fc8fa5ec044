package dev.drawbridge.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bytes to JSON trees and back. */
public final class JsonCodec {
    /** As deep as any real JSON Schema of a tool goes, and far from a stack overflow. */
    static final int MAX_DEPTH = 200;

    /** Base64 images arrive as one string; the body limit is the real bound. */
    private static final int MAX_STRING = 256 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    // The pool by default is one for each thread, and a virtual thread lives for one call.
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonCodec() {}

    /** @throws MalformedJsonException saying where, never what: the text may be a prompt */
    public static JsonNode parse(byte[] bytes) throws MalformedJsonException {
        return parse(bytes, 0, bytes.length);
    }

    /** @throws MalformedJsonException as {@link #parse(byte[])} */
    public static JsonNode parse(byte[] bytes, int offset, int length) throws MalformedJsonException {
        try {
            return MAPPER.readTree(bytes, offset, length);
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException(
                    "is nested more than " + MAX_DEPTH + " levels deep, or has an endless value");
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException("is not valid JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new MalformedJsonException("is not text in UTF-8");
        }
    }

    public static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
