package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.upstream.Diagnosis;
import dev.drawbridge.admin.upstream.UpstreamState;
import dev.drawbridge.inference.Json;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Each upstream: whether it is there, takes the credential, what it lists, how fast. */
@Path("diagnosis")
public class DiagnosisResource {
    private final ManagementDoor door;
    private final Diagnosis diagnosis;

    @Inject
    public DiagnosisResource(ManagementDoor door, Diagnosis diagnosis) {
        this.door = door;
        this.diagnosis = diagnosis;
    }

    @GET
    public void diagnose(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.run(request, response, language -> {
            List<UpstreamState> states = diagnosis.states();
            ObjectNode document = Json.object()
                    .put("status", Diagnosis.summary(states))
                    .put("timestamp", Instant.now().toString());
            ArrayNode upstreams = document.putArray("upstreams");
            states.forEach(state -> upstreams.add(entry(state)));
            return ManagementDoor.json(Response.ok(), document);
        });
    }

    private static ObjectNode entry(UpstreamState state) {
        return Json.object()
                .put("name", state.upstream().name())
                .put("kind", state.upstream().preset().kind())
                .put("url", Diagnosis.address(state.upstream()).orElse(null))
                .put("reachable", state.reachable())
                .put("authorised", state.authorised().orElse(null))
                .put("models", state.models().isPresent() ? state.models().getAsInt() : null)
                .put("latency_ms", state.millis())
                .put("error", state.error().orElse(null));
    }
}
