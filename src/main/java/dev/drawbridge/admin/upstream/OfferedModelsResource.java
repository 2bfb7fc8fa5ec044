package dev.drawbridge.admin.upstream;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Route;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models that clients can ask for, and who answers: what the configuration and the upstreams' lists come to. */
@Path("models")
@Tag(name = "Upstreams")
@Requires(Permission.OVERSEE)
public class OfferedModelsResource {
    private final AdminDoor door;
    private final Models models;

    /** What is answered of a model. */
    private record Model(
            String id,
            String title,
            String ownedBy,
            List<String> aliases,
            Set<String> capabilities,

            @Schema(description = "Tokens of prompt and answer together, where it is known.")
            OptionalLong context,

            @Schema(description = "The most tokens that it can answer, where it is known.")
            OptionalLong maxTokens,

            @Schema(description = "Other models, for when every target has failed.")
            List<String> fallbacks,

            List<Target> targets) {}

    private record Target(
            String upstream,

            @Schema(description = "The upstream's own name for it.")
            String model,

            @Schema(description = "The lowest is tried first.")
            int priority,

            int weight,
            Map<String, String> labels) {}

    @Inject
    public OfferedModelsResource(AdminDoor door, Models models) {
        this.door = door;
        this.models = models;
    }

    @GET
    @Operation(summary = "List models", description = "By id, as they are in force.")
    @APIResponseSchema(Model.class)
    public void listOfferedModels(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(
                request,
                response,
                call -> Answers.page(
                        call, models.current().routes().stream(), Route::id, route -> Documents.tree(model(route))));
    }

    private static Model model(Route route) {
        ModelFacts facts = route.facts();
        return new Model(
                route.id(),
                facts.title(),
                facts.ownedBy(),
                route.aliases(),
                new TreeSet<>(facts.capabilities()),
                facts.context(),
                facts.maxTokens(),
                route.fallbacks(),
                route.choices().stream().map(OfferedModelsResource::target).toList());
    }

    private static Target target(Route.Choice choice) {
        return new Target(
                choice.target().upstream().name(),
                choice.target().model(),
                choice.priority(),
                choice.weight(),
                choice.labels());
    }
}
