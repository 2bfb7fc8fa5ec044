package dev.drawbridge.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.text.LongText;
import java.io.IOException;
import java.util.Optional;

/**
 * Builds the tree that Jackson would build, except that long strings stay in the document's bytes. Jackson would hold
 * an image three times: as bytes, as characters and as a string.
 */
final class LargeDocument {
    /** Bytes from which on a string stays where it is. */
    static final int LONG = 64 * 1024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] bytes;
    private final JsonParser parser;

    private LargeDocument(byte[] bytes, JsonParser parser) {
        this.bytes = bytes;
        this.parser = parser;
    }

    static JsonNode parse(byte[] bytes, JsonFactory factory) throws IOException {
        try (JsonParser parser = factory.createParser(bytes)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode root = new LargeDocument(bytes, parser).value();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after the document");
            }
            return root;
        }
    }

    /** No deeper than the factory's constraint on nesting. */
    private JsonNode value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "no value");
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private NumericNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> (NumericNode) NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** A string that is not asked for is checked by the parser, too, but not kept. */
    private JsonNode text() throws IOException {
        int quote = (int) parser.currentTokenLocation().getByteOffset();
        // Texts in other encodings than UTF-8 have no offsets in bytes.
        Optional<LongText> kept = quote >= 0 && bytes.length - quote > LONG && bytes[quote] == '"'
                ? LongText.at(bytes, quote, LONG)
                : Optional.empty();
        return kept.isPresent() ? kept.get() : NODES.textNode(parser.getText());
    }
}
