package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Checks a document against the JSON Schema that is shipped for editors, and says what is wrong in people's words. */
public final class SchemaCheck {
    private final JsonNode document;
    private final Schema schema;

    /** @param name of the schema: a file of {@code /schema} on the class path */
    public SchemaCheck(String name) {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("/schema/" + name)) {
            document = new ObjectMapper().readTree(Objects.requireNonNull(in, name));
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void check(JsonNode instance, Problems problems) {
        List<Error> errors =
                schema.validate(instance, context -> context.executionConfig(config -> config.locale(Locale.ENGLISH)));
        for (Error error : errors) {
            problems.add(place(error), problem(error));
        }
    }

    private static String place(Error error) {
        NodePath path = error.getInstanceLocation();
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (element instanceof Number index) {
                place.append('[').append(index).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(element);
            }
        }
        boolean ofField = error.getKeyword().equals("additionalProperties")
                || error.getKeyword().equals("required");
        return ofField ? place + (place.isEmpty() ? "" : ".") + error.getProperty() : place.toString();
    }

    private String problem(Error error) {
        return switch (error.getKeyword()) {
            case "additionalProperties" -> "unknown key" + meant(error);
            case "required" -> "is missing";
            case "type" -> "must be " + words(error.getSchemaNode()) + ", not " + kind(error.getInstanceNode());
            case "enum" -> "must be one of " + error.getSchemaNode();
            case "pattern" -> "\"" + error.getInstanceNode().asText() + "\" is not of the form " + example(error);
            default -> error.getMessage();
        };
    }

    private String meant(Error error) {
        JsonNode keyword =
                document.at(error.getSchemaLocation().getFragment().getParent().toString());
        List<String> known = keyword.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        return Nearest.to(error.getProperty(), known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; known here are " + String.join(", ", known));
    }

    private static String words(JsonNode type) {
        return switch (type.asText()) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "text";
            case "boolean" -> "true or false";
            default -> type.toString();
        };
    }

    /** Never the value itself: it may be a secret in the wrong place. */
    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "empty";
        };
    }

    private static String example(Error error) {
        String pattern = error.getSchemaNode().asText();
        if (pattern.endsWith("%$")) {
            return "20%, from 1% to 100%";
        }
        return pattern.contains("ms|s") ? "500ms, 5s, 10m or 1h" : pattern;
    }
}
