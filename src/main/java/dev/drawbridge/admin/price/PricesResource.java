package dev.drawbridge.admin.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.price.Tariffs.Terms;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.governance.permit.Governor;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.usage.account.Repricing;
import dev.drawbridge.usage.price.PriceTerms;
import dev.drawbridge.usage.price.TariffKinds;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prices that have been entered; those of the configuration and the catalogue are not among them. */
@Path("prices")
@Tag(name = "Money")
@Schema(name = "price", implementation = PriceTerms.class)
public class PricesResource extends TariffsResource<PriceTerms> {
    private final Registry registry;
    private final Repricing repricing;
    private final Governor governor;

    @Inject
    public PricesResource(
            AdminDoor door, Creations creations, Registry registry, Repricing repricing, Governor governor) {
        super(
                door,
                new Tariffs<>(
                        registry,
                        creations,
                        new Terms<>(TariffKinds.PRICE, "from", TariffChecks::price, PricesResource::asked)));
        this.registry = registry;
        this.repricing = repricing;
        this.governor = governor;
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(summary = "List prices", description = "Those that have been entered, by id.")
    @Parameter(name = "upstream", description = "At this upstream.")
    @Parameter(name = "model", description = "Of this model.")
    @APIResponseSchema(Object.class)
    public void listPrices(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        answerList(request, response);
    }

    @POST
    @Path("reprice")
    @Requires(Permission.ADMINISTER)
    @Operation(
            summary = "Price what had no price",
            description = "Records of the ledger whose cost is not known get it, by the prices of the time of their"
                    + " calls; a cost that is known never changes, nor does a closed month.")
    @APIResponseSchema(Repricing.Result.class)
    public void reprice(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door().open(request, response, call -> {
            // First, so that nothing gets a cost of which the audit knows nothing.
            note(call, "reprice", "");
            Repricing.Result result = repricing.run();
            governor.doubt();
            ObjectNode document = Json.object().put("priced", result.priced()).put("unknown", result.unknown());
            note(call, "repriced", document.toString());
            return Answers.ok(document);
        });
    }

    private void note(Call call, String action, String after) {
        registry.note(call.actor(), new Edit.Note(action, "ledger", "", "", after));
    }

    private static boolean asked(Call call, PriceTerms price) {
        return call.asks("upstream", price.upstream()) && call.asks("model", price.model());
    }
}
