package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.inference.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes up a value that a JSON Schema allows: the required properties and no others, the first of an enum, the least
 * number, one item. Of what it does not know it makes an empty object, of a schema without end a shallow value.
 */
final class SchemaInstance {
    private static final int DEEPEST = 24;
    private static final int MOST_VALUES = 1000;
    private static final int MOST_ITEMS = 16;
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N}]+");
    private static final Map<String, String> FORMATS = Map.of(
            "date", "2025-01-31",
            "time", "12:00:00Z",
            "date-time", "2025-01-31T12:00:00Z",
            "email", "demo@example.com",
            "uri", "https://example.com/",
            "uuid", "00000000-0000-4000-8000-000000000000");

    private final JsonNode root;
    private final String word;
    private int made;

    private SchemaInstance(JsonNode root, String word) {
        this.root = root;
        this.word = word;
    }

    /**
     * A value for the schema, the same each time.
     *
     * @param text what the user said: a word of it becomes the value of each free string
     */
    static JsonNode of(JsonNode schema, String text) {
        return new SchemaInstance(schema, word(text)).value(schema, "demo", 0);
    }

    /** The last word with a capital that does not begin the text, which may be a name; or else the last one. */
    private static String word(String text) {
        List<String> words =
                WORD.matcher(text).results().map(match -> match.group()).toList();
        for (int i = words.size() - 1; i > 0; i--) {
            if (Character.isUpperCase(words.get(i).codePointAt(0))) {
                return words.get(i);
            }
        }
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    private JsonNode value(JsonNode schema, String name, int depth) {
        if (++made > MOST_VALUES || depth > DEEPEST) {
            return Json.object();
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.get("enum").get(0);
        }
        if (schema.path("$ref").isTextual()) {
            return value(referenced(schema.get("$ref").textValue()), name, depth + 1);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "string" -> string(schema, name);
            case "integer", "number" -> number(schema);
            case "boolean" -> BooleanNode.TRUE;
            case "null" -> NullNode.instance;
            default -> variant(schema, name, depth);
        };
    }

    /** What a pointer reaches in the same document. */
    private JsonNode referenced(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : MissingNode.getInstance();
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode one : type) {
            if (!one.asText().equals("null")) {
                return one.asText();
            }
        }
        if (type.isTextual()) {
            return type.textValue();
        }
        return schema.has("properties") ? "object" : schema.has("items") ? "array" : "";
    }

    private JsonNode variant(JsonNode schema, String name, int depth) {
        for (String field : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode variant : schema.path(field)) {
                if (!type(variant).equals("null")) {
                    return value(variant, name, depth + 1);
                }
            }
        }
        return Json.object();
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        for (JsonNode required : schema.path("required")) {
            String name = required.asText();
            object.set(name, value(schema.path("properties").path(name), name, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        int least = Math.max(1, schema.path("minItems").asInt(1));
        int size = Math.min(MOST_ITEMS, Math.min(least, schema.path("maxItems").asInt(least)));
        ArrayNode array = Json.array();
        for (int i = 0; i < size && made < MOST_VALUES; i++) {
            array.add(value(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private JsonNode string(JsonNode schema, String name) {
        String free = word.isEmpty() ? name : word;
        return TextNode.valueOf(FORMATS.getOrDefault(Json.text(schema, "format"), free));
    }

    private static JsonNode number(JsonNode schema) {
        JsonNode least = schema.path("minimum");
        if (least.isNumber()) {
            boolean whole =
                    least.isIntegralNumber() || !Json.text(schema, "type").equals("integer");
            return whole ? least : LongNode.valueOf((long) Math.ceil(least.doubleValue()));
        }
        JsonNode below = schema.path("exclusiveMinimum");
        if (below.isNumber()) {
            return LongNode.valueOf((long) Math.floor(below.doubleValue()) + 1);
        }
        JsonNode most = schema.path("maximum");
        return most.isNumber() && most.doubleValue() < 1 ? most : IntNode.valueOf(1);
    }
}
