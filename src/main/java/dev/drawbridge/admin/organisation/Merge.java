package dev.drawbridge.admin.organisation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.json.Patch;
import java.util.Map;
import java.util.Set;

/** A document that was sent, put over the one that is there: RFC 7396. */
final class Merge {
    /** What the gateway adds to entries; who sends back what was answered need not take it out. */
    private static final Set<String> ADDED = Set.of("id", "created", "changed", "prefix", "former");

    private Merge() {}

    /** @param blank what is there where {@code null} was sent */
    static ObjectNode of(ObjectNode base, ObjectNode sent, ObjectNode blank) {
        ObjectNode merged = Patch.applied(base, Json.copy(sent).without(ADDED));
        for (Map.Entry<String, JsonNode> field : blank.properties()) {
            if (!merged.has(field.getKey())) {
                merged.set(field.getKey(), field.getValue());
            }
        }
        return merged;
    }
}
