package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.upstream.Diagnosis;
import dev.drawbridge.admin.upstream.UpstreamState;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** The same in short, by name, for monitors. */
@Path("status")
@Requires(Permission.OVERSEE)
public class EndpointsResource {
    private final ManagementDoor door;
    private final Diagnosis diagnosis;

    @Inject
    public EndpointsResource(ManagementDoor door, Diagnosis diagnosis) {
        this.door = door;
        this.diagnosis = diagnosis;
    }

    @GET
    public void status(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.run(request, response, language -> {
            List<UpstreamState> states = diagnosis.states();
            ObjectNode document = Diagnosis.report(states);
            String bad = states.stream()
                    .filter(state -> !state.isGood())
                    .map(state -> state.upstream().name() + ": " + state.error().orElse(""))
                    .collect(Collectors.joining("; "));
            if (!bad.isEmpty()) {
                document.put("message", bad);
            }
            ObjectNode endpoints = document.putObject("endpoints");
            states.forEach(state -> endpoints.set(state.upstream().name(), entry(state)));
            return ManagementDoor.json(Response.ok(), document);
        });
    }

    private static ObjectNode entry(UpstreamState state) {
        return Json.object()
                .put("url", Diagnosis.address(state.upstream()).orElse(null))
                .put("status_code", state.status().isPresent() ? state.status().getAsInt() : null)
                .put("status", state.isGood() ? "ok" : "error")
                .put("response_time_ms", state.millis());
    }
}
