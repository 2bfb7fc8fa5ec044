package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.function.Predicate;

/** What a field may hold. Null is as good as absent, which is how several SDKs send what is not set. */
enum FieldType {
    TEXT("text", JsonNode::isTextual),
    NUMBER("a number", JsonNode::isNumber),
    INTEGER("a whole number", JsonNode::isIntegralNumber),
    LENGTH("a whole number of 0 or more", value -> isAtLeast(0, value)),
    COUNT("a whole number of 1 or more", value -> isAtLeast(1, value)),
    BOOLEAN("true or false", JsonNode::isBoolean),
    BOOLEAN_OR_INTEGER("true, false or a whole number", value -> value.isBoolean() || value.isIntegralNumber()),
    OBJECT("an object", JsonNode::isObject),
    LIST("a list", JsonNode::isArray),
    TEXT_OR_LIST("text or a list of texts", value -> value.isTextual() || value.isArray());

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Predicate<JsonNode> fits;

    FieldType(String words, Predicate<JsonNode> fits) {
        this.words = words;
        this.fits = fits;
    }

    /** Numbers of more than 64 bits are none: cut to these, they would be others. */
    private static boolean isAtLeast(long least, JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= least;
    }

    void check(ObjectNode document, String field) {
        JsonNode value = document.path(field);
        if (!value.isMissingNode() && !value.isNull() && !fits.test(value)) {
            throw wrong(field, words);
        }
    }

    static GatewayException wrong(String place, String words) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "\"" + place + "\" must be " + words)
                .at(place)
                .withCode("invalid_type");
    }
}
