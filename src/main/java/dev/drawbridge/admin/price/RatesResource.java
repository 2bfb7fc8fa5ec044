package dev.drawbridge.admin.price;

import dev.drawbridge.admin.price.Tariffs.Terms;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.usage.price.RateTerms;
import dev.drawbridge.usage.price.TariffKinds;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exchange rates that have been entered; those of the configuration are not among them. */
@Path("rates")
@Tag(name = "Money")
@Schema(name = "rate", implementation = RateTerms.class)
public class RatesResource extends TariffsResource<RateTerms> {
    @Inject
    public RatesResource(AdminDoor door, Creations creations, Registry registry) {
        super(
                door,
                new Tariffs<>(
                        registry,
                        creations,
                        new Terms<>(TariffKinds.RATE, "since", TariffChecks::rate, RatesResource::asked)));
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(summary = "List rates", description = "Those that have been entered, by id.")
    @Parameter(name = "from", description = "Of this currency.")
    @Parameter(name = "to", description = "To this currency.")
    @APIResponseSchema(Object.class)
    public void listRates(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        answerList(request, response);
    }

    private static boolean asked(Call call, RateTerms rate) {
        return call.asks("from", rate.from()) && call.asks("to", rate.to());
    }
}
