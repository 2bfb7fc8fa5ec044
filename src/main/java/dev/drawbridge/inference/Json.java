package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** Copy-on-write edits of JSON trees: the copy shares every child that the edit does not touch. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A plain value: text, number, flag, list or map of such. */
    public static JsonNode value(Object plain) {
        return MAPPER.valueToTree(plain);
    }

    /** A shallow copy: its fields may be set without the original noticing. */
    public static ObjectNode copy(ObjectNode tree) {
        ObjectNode copy = object();
        copy.setAll(tree);
        return copy;
    }

    public static ObjectNode with(ObjectNode tree, String field, JsonNode value) {
        return copy(tree).set(field, value);
    }

    public static ObjectNode with(ObjectNode tree, String field, String value) {
        return copy(tree).put(field, value);
    }

    public static ObjectNode without(ObjectNode tree, String field) {
        if (!tree.has(field)) {
            return tree;
        }
        ObjectNode copy = copy(tree);
        copy.remove(field);
        return copy;
    }

    /** A copy of the list with each object replaced by what {@code edit} makes of it; other elements stay. */
    public static ArrayNode map(JsonNode list, UnaryOperator<ObjectNode> edit) {
        ArrayNode copy = array();
        for (JsonNode element : list) {
            copy.add(element instanceof ObjectNode object ? edit.apply(object) : element);
        }
        return copy;
    }

    /** The field's text, or an empty string where it is missing, null or not text. */
    public static String text(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    /** Whether the field is there and is not null. */
    public static boolean present(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        return !value.isMissingNode() && !value.isNull();
    }
}
