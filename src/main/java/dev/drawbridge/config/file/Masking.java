package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A configuration to be shown: no value in it that opens a door. */
public final class Masking {
    private static final String MASK = "***";
    private static final Set<String> SECRETS = Set.of("api-key", "api-keys", "trust-store-password", "secret");
    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");
    private static final Pattern PARAMETER = Pattern.compile("([?&][^=&\\s]+=)[^&\\s{}]+");

    private Masking() {}

    /** @param document with its variables put in */
    public static JsonNode mask(JsonNode document) {
        return switch (document) {
            case ObjectNode object -> object(object);
            case ArrayNode list -> {
                ArrayNode masked = JsonNodeFactory.instance.arrayNode();
                list.forEach(element -> masked.add(mask(element)));
                yield masked;
            }
            default -> document.isTextual() ? JsonNodeFactory.instance.textNode(address(document.asText())) : document;
        };
    }

    private static ObjectNode object(ObjectNode object) {
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            boolean headers =
                    field.getKey().equals("headers") && field.getValue().isObject();
            // Lists of these names elsewhere hold names of variables.
            boolean secret = SECRETS.contains(field.getKey())
                    && (field.getValue().isValueNode() || field.getKey().equals("api-keys"));
            if (headers) {
                ObjectNode values = masked.putObject("headers");
                field.getValue().fieldNames().forEachRemaining(name -> values.put(name, MASK));
            } else if (secret) {
                masked.set(field.getKey(), secret(field.getValue()));
            } else {
                masked.set(field.getKey(), mask(field.getValue()));
            }
        }
        return masked;
    }

    private static JsonNode secret(JsonNode value) {
        if (value.isValueNode()) {
            return JsonNodeFactory.instance.textNode(value.asText().isEmpty() ? "" : MASK);
        }
        ArrayNode masked = JsonNodeFactory.instance.arrayNode();
        value.forEach(one -> masked.add(secret(one)));
        return masked;
    }

    /** The text without the credentials that addresses may hold: before the host, and in the query. */
    public static String address(String text) {
        return text.contains("://")
                ? PARAMETER
                        .matcher(USER.matcher(text).replaceAll("://" + MASK + "@"))
                        .replaceAll("$1" + MASK)
                : text;
    }
}
