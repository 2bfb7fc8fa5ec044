package dev.drawbridge.admin.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Page;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Audit;
import dev.drawbridge.registry.Audit.Filter;
import dev.drawbridge.registry.Audit.Verification;
import dev.drawbridge.registry.AuditEntry;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who changed what: a page of it, all of it, and whether it is still what was written. */
@Path("audit")
@Tag(name = "Audit")
@Requires(Permission.OVERSEE)
public class AuditResource {
    private final AdminDoor door;
    private final Audit audit;

    /** What a verification answers. */
    private record Verified(boolean good, long entries, Optional<Long> broken, String head) {}

    @Inject
    public AuditResource(AdminDoor door, Audit audit) {
        this.door = door;
        this.audit = audit;
    }

    @GET
    @Operation(summary = "List changes", description = "Newest first.")
    @Parameter(name = "actor", description = "Who made them.")
    @Parameter(name = "kind", description = "Of what, such as `team`.")
    @Parameter(name = "id", description = "Of which entry.")
    @Parameter(name = "from", description = "A time of ISO 8601.")
    @Parameter(name = "to", description = "A time of ISO 8601; not in it any more.")
    @APIResponseSchema(AuditLine.class)
    public void listAudit(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            Page page = call.page();
            long before = page.after().map(text -> Call.number("after", text)).orElse(Long.MAX_VALUE);
            List<AuditEntry> found = audit.page(filter(call), before, page.limit() + 1);
            return Answers.page(page.of(found, entry -> String.valueOf(entry.seq())), AuditLine::of);
        });
    }

    @GET
    @Path("export")
    @Operation(
            summary = "Export changes",
            description = "All of them, oldest first, one JSON document a line: `application/x-ndjson`.")
    @Parameter(name = "actor", description = "Who made them.")
    @Parameter(name = "kind", description = "Of what, such as `team`.")
    @Parameter(name = "id", description = "Of which entry.")
    @Parameter(name = "from", description = "A time of ISO 8601.")
    @Parameter(name = "to", description = "A time of ISO 8601; not in it any more.")
    @APIResponseSchema(AuditLine.class)
    public void exportAudit(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            Filter filter = filter(call);
            StreamingOutput lines = out -> export(filter, out);
            return Response.ok(lines)
                    .type("application/x-ndjson")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        });
    }

    private void export(Filter filter, OutputStream client) throws IOException {
        OutputStream out = new BufferedOutputStream(client);
        try {
            audit.export(filter, entry -> write(AuditLine.of(entry), out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private static void write(ObjectNode line, OutputStream out) {
        try {
            out.write(JsonCodec.write(line));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("verify")
    @Operation(
            summary = "Verify the audit",
            description = "Whether every change is still what was written, and follows the one before. `broken` is the"
                    + " first that is not; `head`, the last hash, is worth noting elsewhere.")
    @APIResponseSchema(Verified.class)
    public void verifyAudit(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            Verification verification = audit.verify();
            ObjectNode document = Json.object()
                    .put("good", verification.good())
                    .put("entries", verification.entries())
                    .put("head", verification.head());
            verification.broken().ifPresent(seq -> document.put("broken", seq));
            return Answers.ok(document);
        });
    }

    private static Filter filter(Call call) {
        return new Filter(
                call.query("actor"), call.query("kind"), call.query("id"), call.time("from"), call.time("to"));
    }
}
