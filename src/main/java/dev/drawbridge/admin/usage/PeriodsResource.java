package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Creations.Made;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.usage.account.Periods;
import dev.drawbridge.usage.account.Periods.Period;
import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Months that are closed. */
@Path("periods")
@Tag(name = "Money")
public class PeriodsResource {
    private final AdminDoor door;
    private final Creations creations;
    private final Periods periods;
    private final Ledger ledger;
    private final Registry registry;

    /** What is sent. */
    private record Closing(String month) {}

    /** What is answered. */
    private record Closed(
            String month,
            Instant closed,
            String by,
            String seal,
            Optional<Boolean> intact,
            List<UsageResource.Sum> teams) {}

    @Inject
    public PeriodsResource(AdminDoor door, Creations creations, Periods periods, Ledger ledger, Registry registry) {
        this.door = door;
        this.creations = creations;
        this.periods = periods;
        this.ledger = ledger;
        this.registry = registry;
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Operation(summary = "List closed months")
    @APIResponseSchema(Closed.class)
    public void listPeriods(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(
                request,
                response,
                call -> Answers.page(
                        call, periods.all().stream(), period -> period.month().toString(), PeriodsResource::json));
    }

    @POST
    @Requires(Permission.ADMINISTER)
    @Operation(
            summary = "Close a month",
            description = "And all before it. What it comes to never changes again: records that arrive later are"
                    + " counted in the first hour that is open. 503 while this gateway's records are on their way.")
    @RequestBodySchema(Closing.class)
    @APIResponseSchema(value = Closed.class, responseCode = "201", responseDescription = "It is closed.")
    public void closePeriod(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, body, response, this::close);
    }

    private Response close(Call call) {
        ObjectNode sent = call.body();
        return creations.once(call, sent, () -> new Made(closed(call, month(Json.text(sent, "month")))));
    }

    private ObjectNode closed(Call call, YearMonth month) {
        ledger.awaitAll();
        Period period = periods.seal(month, call.actor().name());
        ObjectNode document = json(period);
        // It is closed and in the audit, or neither.
        return registry.change(call.actor(), edit -> {
            Period kept = periods.keep(period);
            edit.note(new Edit.Note("close", "period", kept.month().toString(), "", document.toString()));
            return document;
        });
    }

    @GET
    @Path("{month}")
    @Requires(Permission.OVERSEE)
    @Operation(
            summary = "Get a closed month",
            description = "What it comes to, by team, and whether that is still what it was when it was closed.")
    @APIResponseSchema(Closed.class)
    public void getPeriod(
            @PathParam("month") String month, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> {
            Period period = periods.find(month(month)).orElseThrow(() -> missing(month(month)));
            ObjectNode document = json(period).put("intact", periods.isIntact(period));
            ArrayNode teams = document.putArray("teams");
            SumView view = new SumView(new Names(registry));
            periods.sums(period.month(), List.of(Grouping.TEAM)).forEach(sum -> teams.add(view.json(sum)));
            return Answers.ok(document);
        });
    }

    private GatewayException missing(YearMonth month) {
        String how = periods.all().stream()
                .map(Period::month)
                .filter(month::isBefore)
                .findFirst()
                .map(later -> " was closed together with " + later + ", and has no seal of its own")
                .orElse(" is not closed");
        return new GatewayException(ErrorKind.NOT_FOUND, "The month " + month + how);
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "month must be a month such as 2026-10").at("month");
        }
    }

    private static ObjectNode json(Period period) {
        return Json.object()
                .put("month", period.month().toString())
                .put("closed", period.closedAt().toString())
                .put("by", period.closedBy())
                .put("seal", period.seal());
    }
}
