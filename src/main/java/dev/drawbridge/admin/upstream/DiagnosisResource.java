package dev.drawbridge.admin.upstream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** Each upstream: whether it is there, takes the credential, what it lists, how fast. */
@Path("diagnosis")
@Requires(Permission.OVERSEE)
public class DiagnosisResource {
    private final AdminDoor door;
    private final Diagnosis diagnosis;

    @Inject
    public DiagnosisResource(AdminDoor door, Diagnosis diagnosis) {
        this.door = door;
        this.diagnosis = diagnosis;
    }

    @GET
    public void diagnose(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            List<UpstreamState> states = diagnosis.states();
            ObjectNode document = Diagnosis.report(states);
            ArrayNode upstreams = document.putArray("upstreams");
            states.forEach(state -> upstreams.add(entry(state)));
            return Answers.ok(document);
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
