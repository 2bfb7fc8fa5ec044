package dev.drawbridge.admin.upstream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.routing.health.TargetReport;
import dev.drawbridge.routing.health.TargetStates;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How each target that has been used lately is, as the gateway knows it from calls. Nobody is asked for it. */
@Path("upstreams/health")
@Requires(Permission.OVERSEE)
public class HealthResource {
    private final AdminDoor door;
    private final TargetStates states;
    private final Registry registry;

    @Inject
    public HealthResource(AdminDoor door, TargetStates states, Registry registry) {
        this.door = door;
        this.states = states;
        this.registry = registry;
    }

    @GET
    public Response health() {
        Instant now = Instant.now();
        ObjectNode document = Json.object().put("timestamp", now.toString());
        ArrayNode targets = document.putArray("targets");
        states.all().forEach(report -> targets.add(entry(report, now)));
        return Answers.ok(document);
    }

    /** For whoever has mended something and does not want to wait. */
    @DELETE
    @Requires(Permission.ADMINISTER)
    public void forgive(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            registry.note(call.actor(), new Edit.Note("forgive", "upstreams", "", "", ""));
            states.forgive();
            return Answers.done();
        });
    }

    private static ObjectNode entry(TargetReport report, Instant now) {
        boolean closed = report.closedFor().isPositive();
        ObjectNode entry = Json.object()
                .put("target", report.upstream() + "/" + report.model())
                .put("upstream", report.upstream())
                .put("model", report.model())
                .put("state", report.state())
                .put("reason", report.reason().orElse(null))
                .put("until", closed ? now.plus(report.closedFor()).toString() : null)
                .put("in_flight", report.inFlight())
                .put("queue", report.queue())
                .put("latency_ms", rounded(report.latencyMillis()))
                .put("failure_rate", rounded(report.failureRate()))
                .put("warmth", Math.round(report.warmth() * 100) / 100.0);
        entry.putObject("credentials")
                .put("free", report.credentials().free())
                .put("all", report.credentials().all());
        return entry;
    }

    private static @Nullable Double rounded(OptionalDouble value) {
        return value.isPresent() ? Math.round(value.getAsDouble() * 10) / 10.0 : null;
    }
}
