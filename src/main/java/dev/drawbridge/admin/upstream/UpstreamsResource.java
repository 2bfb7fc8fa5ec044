package dev.drawbridge.admin.upstream;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.routing.Models;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The upstreams that are configured, without their secrets. */
@Path("upstreams")
@Tag(name = "Upstreams")
@Requires(Permission.OVERSEE)
public class UpstreamsResource {
    private final AdminDoor door;
    private final Models models;

    /** What is answered of an upstream. */
    private record Configured(
            String name,
            String kind,

            @Schema(description = "Without credentials; missing where there is no one address.")
            Optional<String> url,

            @Schema(description = "How many credentials it takes turns with.")
            int credentials,

            @Schema(description = "Calls that it may serve at the same time.")
            int maxInFlight,

            Timeouts timeouts) {}

    private record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration total) {}

    @Inject
    public UpstreamsResource(AdminDoor door, Models models) {
        this.door = door;
        this.models = models;
    }

    @GET
    @Operation(summary = "List upstreams", description = "By name, as they are in force.")
    @APIResponseSchema(Configured.class)
    public void listUpstreams(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(
                request,
                response,
                call -> Answers.page(
                        call,
                        models.current().upstreams().stream(),
                        Upstream::name,
                        upstream -> Documents.tree(configured(upstream))));
    }

    private static Configured configured(Upstream upstream) {
        return new Configured(
                upstream.name(),
                upstream.preset().kind(),
                Diagnosis.address(upstream),
                upstream.credentials().size(),
                upstream.maxInFlight(),
                new Timeouts(
                        upstream.timeouts().connect(),
                        upstream.timeouts().firstToken(),
                        upstream.timeouts().idle(),
                        upstream.timeouts().total()));
    }
}
