package dev.drawbridge.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.inference.text.LongText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes to JSON trees and back. */
public final class JsonCodec {
    /** As deep as any real JSON Schema of a tool goes, and far from a stack overflow. */
    static final int MAX_DEPTH = 200;

    /** Base64 images arrive as one string; the body limit is the real bound. */
    private static final int MAX_STRING = 256 * 1024 * 1024;

    /** Of a request: names and values each take many times their bytes in the tree. */
    static final int MAX_TOKENS = 1_000_000;

    /** Bytes from which on a document may hold strings that should stay in it. */
    static final int LARGE = 256 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper(factory(StreamReadConstraints.builder()))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final JsonFactory LARGE_DOCUMENTS =
            factory(StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS));

    private JsonCodec() {}

    private static JsonFactory factory(StreamReadConstraints.Builder constraints) {
        return JsonFactory.builder()
                // The pool by default is one for each thread, and a virtual thread lives for one call.
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .streamReadConstraints(constraints
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                // Of amounts of money; nothing else here is a BigDecimal.
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }

    /** @throws MalformedJsonException saying where, never what: the text may be a prompt */
    public static JsonNode parse(byte[] bytes) throws MalformedJsonException {
        return parse(bytes, 0, bytes.length);
    }

    /** @throws MalformedJsonException as {@link #parse(byte[])} */
    public static JsonNode parse(byte[] bytes, int offset, int length) throws MalformedJsonException {
        return parsed(() -> MAPPER.readTree(bytes, offset, length));
    }

    /**
     * The document of a request. Where it is large, long strings {@linkplain LongText stay} in its bytes, which must
     * not change any more, and the number of its values is limited.
     *
     * @throws MalformedJsonException as {@link #parse(byte[])}
     */
    public static JsonNode parseInPlace(byte[] bytes) throws MalformedJsonException {
        return bytes.length < LARGE ? parse(bytes) : parsed(() -> LargeDocument.parse(bytes, LARGE_DOCUMENTS));
    }

    private interface Parsing {
        JsonNode parse() throws IOException;
    }

    private static JsonNode parsed(Parsing parsing) throws MalformedJsonException {
        try {
            return parsing.parse();
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException(
                    "is nested more than " + MAX_DEPTH + " levels deep, or has an endless value or too many");
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException("is not valid JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new MalformedJsonException("is not text in UTF-8");
        }
    }

    public static byte[] write(JsonNode tree) {
        List<ByteBuffer> pieces = pieces(tree);
        byte[] first = pieces.getFirst().array();
        if (pieces.size() == 1 && pieces.getFirst().remaining() == first.length) {
            return first;
        }
        byte[] bytes = new byte[pieces.stream().mapToInt(ByteBuffer::remaining).sum()];
        ByteBuffer joined = ByteBuffer.wrap(bytes);
        pieces.forEach(piece -> joined.put(piece.duplicate()));
        return bytes;
    }

    /** What {@link #write} gives, in pieces: long strings that stayed in the bytes of a request are not copied. */
    public static List<ByteBuffer> pieces(JsonNode tree) {
        Pieces pieces = new Pieces();
        try {
            MAPPER.writeValue(pieces, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pieces.all();
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
