package dev.drawbridge.admin.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.AuditEntry;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change as it is answered.
 *
 * @param seq counts all changes
 */
record AuditLine(
        long seq,
        Instant time,
        @Schema(description = "Who made it.") String actor,

        @Schema(description = "The address that the call came from.")
        String from,

        @Schema(description = "`create`, `replace`, `delete` or what else was done.")
        String action,

        @Schema(description = "Of what, such as `team`.") String kind,
        String id,

        @Schema(description = "The entry before it, without secrets.")
        Optional<JsonNode> before,

        @Schema(description = "The entry after it, without secrets.")
        Optional<JsonNode> after,

        @Schema(description = "SHA-256 over this change and the hash of the one before.")
        String hash) {

    /** The document of a change. Texts in it that are JSON stand there as JSON. */
    static ObjectNode of(AuditEntry entry) {
        ObjectNode document = Json.object()
                .put("seq", entry.seq())
                .put("time", entry.time().toString())
                .put("actor", entry.actor().name())
                .put("from", entry.actor().from())
                .put("action", entry.note().action())
                .put("kind", entry.note().kind())
                .put("id", entry.note().id());
        set(document, "before", entry.note().before());
        set(document, "after", entry.note().after());
        return document.put("hash", entry.hash());
    }

    private static void set(ObjectNode document, String field, String text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            document.set(field, JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJsonException e) {
            document.put(field, text);
        }
    }
}
