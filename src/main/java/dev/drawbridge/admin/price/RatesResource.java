package dev.drawbridge.admin.price;

import dev.drawbridge.admin.price.Tariffs.Terms;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.usage.price.RateTerms;
import dev.drawbridge.usage.price.TariffKinds;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exchange rates that have been entered; those of the configuration are not among them. */
@Path("rates")
@Tag(name = "Money")
public class RatesResource {
    private final AdminDoor door;
    private final Tariffs<RateTerms> tariffs;

    @Inject
    public RatesResource(AdminDoor door, Creations creations, Registry registry) {
        this.door = door;
        this.tariffs = new Tariffs<>(registry, creations, new Terms<>(TariffKinds.RATE, "since", TariffChecks::rate));
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(summary = "List rates", description = "Those that have been entered, by id.")
    @Parameter(name = "from", description = "Of this currency.")
    @Parameter(name = "to", description = "To this currency.")
    @APIResponseSchema(RateTerms.class)
    public void listRates(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(
                request,
                response,
                call -> tariffs.list(
                        call,
                        rate -> call.query("from").orElse(rate.from()).equals(rate.from())
                                && call.query("to").orElse(rate.to()).equals(rate.to())));
    }

    @POST
    @Requires(Permission.ADMINISTER)
    @Operation(summary = "Enter a rate", description = "Without `since` it holds from now on.")
    @RequestBodySchema(RateTerms.class)
    @APIResponseSchema(value = RateTerms.class, responseCode = "201", responseDescription = "It is entered.")
    public void createRate(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, body, response, tariffs::create);
    }

    @GET
    @Path("{id}")
    @Requires(Permission.OVERSEE)
    @Operation(summary = "Get a rate")
    @APIResponseSchema(RateTerms.class)
    public void getRate(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> tariffs.get(id));
    }

    @PATCH
    @Path("{id}")
    @Requires(Permission.ADMINISTER)
    @Operation(
            summary = "Change a rate",
            description = "Field by field; what calls have cost before stays. A new rate with its own `since` is"
                    + " mostly better.")
    @RequestBodySchema(RateTerms.class)
    @APIResponseSchema(RateTerms.class)
    public void changeRate(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> tariffs.change(call, id));
    }

    @DELETE
    @Path("{id}")
    @Requires(Permission.ADMINISTER)
    @Operation(summary = "Delete a rate")
    public void deleteRate(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> tariffs.delete(call, id));
    }
}
