package dev.drawbridge.registry.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.util.Map;

/** A change of a document, said as the part of it that is another: RFC 7396. */
public final class Patch {
    private Patch() {}

    /** @return a new document; what is {@code null} in the patch is not there any more */
    public static ObjectNode applied(ObjectNode base, ObjectNode patch) {
        ObjectNode merged = Json.copy(base);
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode before = merged.get(field.getKey());
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode part) {
                merged.set(field.getKey(), applied(before instanceof ObjectNode whole ? whole : Json.object(), part));
            } else {
                merged.set(field.getKey(), field.getValue());
            }
        }
        return merged;
    }
}
