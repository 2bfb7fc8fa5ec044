package dev.drawbridge.inference.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A long string of a document, an image in most cases: it stays in the bytes that the document was read from, and goes
 * on from there as it is written, escapes included. Its text is made anew each time that somebody asks for it.
 * <p>It equals every node of the same text; a {@code TextNode} asked the same question does not know it.
 */
public final class LongText extends ValueNode {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What stands before the bytes; needs no escapes. */
    private final String prefix;

    private final transient byte[] source;
    private final int offset;
    private final int length;

    /** Whether all bytes are printable ASCII without escapes, which are the characters themselves then. */
    private final boolean plain;

    /** What such texts can be written to without being copied. */
    public interface Sink {
        /** Takes bytes that nobody will change. */
        void refer(byte[] bytes, int from, int count) throws IOException;
    }

    private LongText(String prefix, byte[] source, int offset, int length, boolean plain) {
        this.prefix = prefix;
        this.source = source;
        this.offset = offset;
        this.length = length;
        this.plain = plain;
    }

    /**
     * The string whose opening quote is there; empty where it is shorter than {@code least} bytes. Whether what is in
     * it is valid JSON is for a parser to say.
     */
    public static Optional<LongText> at(byte[] document, int quote, int least) {
        boolean plain = true;
        int end = quote + 1;
        while (end < document.length && document[end] != '"') {
            byte one = document[end];
            plain &= one >= ' ' && one <= '~' && one != '\\';
            end += one == '\\' ? 2 : 1;
        }
        int length = end - quote - 1;
        return length >= least && end < document.length
                ? Optional.of(new LongText("", document, quote + 1, length, plain))
                : Optional.empty();
    }

    /** At least as many as its characters, at most six times as many. */
    public int bytes() {
        return prefix.length() + length;
    }

    /** The first characters; empty where they are not to be had without reading the whole. */
    public String start(int characters) {
        return plain ? text(Math.clamp(characters - prefix.length(), 0, length)) : "";
    }

    /** All from this character on, if that is base64 without a flaw: padded, without line breaks. */
    public Optional<LongText> base64From(int start) {
        int skipped = start - prefix.length();
        int rest = length - skipped;
        if (!plain || skipped < 0 || rest <= 0 || rest % 4 != 0) {
            return Optional.empty();
        }
        int end = offset + length;
        int padding = source[end - 1] != '=' ? 0 : source[end - 2] != '=' ? 1 : 2;
        for (int i = offset + skipped; i < end - padding; i++) {
            if (!isBase64(source[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(new LongText("", source, offset + skipped, rest, true));
    }

    private static boolean isBase64(byte one) {
        return (one >= 'a' && one <= 'z')
                || (one >= 'A' && one <= 'Z')
                || (one >= '0' && one <= '9')
                || one == '+'
                || one == '/';
    }

    /** The text after some other, of ASCII that needs no escapes. */
    public LongText after(String words) {
        return new LongText(words + prefix, source, offset, length, plain);
    }

    @Override
    public String textValue() {
        return plain ? text(length) : unescaped();
    }

    private String text(int count) {
        String own = new String(source, offset, count, StandardCharsets.ISO_8859_1);
        return prefix.isEmpty() ? own : prefix + own;
    }

    private String unescaped() {
        // With its quotes, which stand right beside it: only plain texts are cut.
        try (JsonParser parser = JSON.createParser(source, offset - 1, length + 2)) {
            return prefix + parser.nextTextValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String asText() {
        return textValue();
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        if (generator.getOutputTarget() instanceof Sink sink) {
            generator.writeRawValue("\"" + prefix);
            generator.flush();
            sink.refer(source, offset, length);
            generator.writeRaw('"');
        } else {
            generator.writeString(textValue());
        }
    }

    @Override
    public JsonToken asToken() {
        return JsonToken.VALUE_STRING;
    }

    @Override
    public JsonNodeType getNodeType() {
        return JsonNodeType.STRING;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof JsonNode node
                        && node.isTextual()
                        && textValue().equals(node.textValue()));
    }

    @Override
    public int hashCode() {
        return textValue().hashCode();
    }
}
