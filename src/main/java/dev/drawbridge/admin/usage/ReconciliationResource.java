package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.usage.account.Invoice;
import dev.drawbridge.usage.account.Reconciliation;
import dev.drawbridge.usage.account.Reconciliation.Comparison;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A vendor's invoice beside the ledger. Nothing of it is kept. */
@Path("reconciliation")
@Tag(name = "Money")
@Requires(Permission.OVERSEE)
public class ReconciliationResource {
    private final AdminDoor door;
    private final Reconciliation reconciliation;
    private final Ledger ledger;

    /** What is sent. */
    private record Sent(String upstream, String currency, List<Invoice.Line> lines, Optional<String> csv) {}

    /** Figures of one side. */
    private record Figures(long requests, long inputTokens, long outputTokens, BigDecimal amount) {}

    /** What is answered of one model on one day. */
    private record Line(
            String day, String model, Figures ours, Figures theirs, Figures difference, List<String> reasons) {}

    /** What is answered. */
    private record Answer(List<Line> data, BigDecimal ours, BigDecimal theirs, String currency) {}

    @Inject
    public ReconciliationResource(AdminDoor door, Reconciliation reconciliation, Ledger ledger) {
        this.door = door;
        this.reconciliation = reconciliation;
        this.ledger = ledger;
    }

    @POST
    @Operation(
            summary = "Compare an invoice with the ledger",
            description = "The vendor's figures by day, in UTC, and by its name of the model: `lines`, or the text of a"
                    + " CSV file with the same names in its first line. What a line leaves out is not compared."
                    + " 503 while this gateway's records are on their way.")
    @RequestBodySchema(Sent.class)
    @APIResponseSchema(Answer.class)
    public void reconcile(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, body, response, this::answer);
    }

    private Response answer(Call call) {
        Invoice invoice = InvoiceForm.of(call.body());
        ledger.awaitAll();
        BigDecimal ours = BigDecimal.ZERO;
        BigDecimal theirs = BigDecimal.ZERO;
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        for (Comparison comparison : reconciliation.compare(invoice)) {
            ours = ours.add(comparison.cost());
            theirs =
                    theirs.add(comparison.theirs().flatMap(Invoice.Line::amount).orElse(BigDecimal.ZERO));
            data.add(json(comparison));
        }
        return Answers.ok(document.put("ours", SumView.plain(ours))
                .put("theirs", SumView.plain(theirs))
                .put("difference", SumView.plain(theirs.subtract(ours)))
                .put("currency", invoice.currency()));
    }

    private static ObjectNode json(Comparison comparison) {
        ObjectNode json = Json.object().put("day", comparison.day().toString()).put("model", comparison.model());
        ObjectNode ours = json.putObject("ours");
        SumView.counts(ours, comparison.ours());
        ours.put("amount", SumView.plain(comparison.cost()));
        comparison.theirs().ifPresent(line -> theirs(json, line, comparison));
        comparison.reasons().forEach(json.putArray("reasons")::add);
        return json;
    }

    private static void theirs(ObjectNode json, Invoice.Line line, Comparison comparison) {
        ObjectNode theirs = json.putObject("theirs");
        ObjectNode difference = json.putObject("difference");
        line.requests().ifPresent(count -> {
            theirs.put("requests", count);
            difference.put("requests", count - comparison.ours().requests());
        });
        line.inputTokens().ifPresent(count -> {
            theirs.put("input-tokens", count);
            difference.put("input-tokens", count - comparison.ours().tokens().input());
        });
        line.outputTokens().ifPresent(count -> {
            theirs.put("output-tokens", count);
            difference.put("output-tokens", count - comparison.ours().tokens().output());
        });
        line.amount().ifPresent(amount -> {
            theirs.put("amount", SumView.plain(amount));
            difference.put("amount", SumView.plain(amount.subtract(comparison.cost())));
        });
    }
}
