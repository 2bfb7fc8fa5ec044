package dev.drawbridge.admin.usage;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Page;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.usage.ledger.Ledger;
import dev.drawbridge.usage.ledger.LedgerPages;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single records of calls. */
@Path("ledger")
@Tag(name = "Money")
@Requires(Permission.SEE_TEAMS)
public class LedgerResource {
    private final AdminDoor door;
    private final Ledger ledger;
    private final LedgerPages pages;

    @Inject
    public LedgerResource(AdminDoor door, Ledger ledger, LedgerPages pages) {
        this.door = door;
        this.ledger = ledger;
        this.pages = pages;
    }

    @GET
    @Operation(
            summary = "List calls",
            description = "In the order in which they have come into the ledger: whoever goes on with `next` sees each"
                    + " once, also those that come late.")
    @Parameter(name = "key", description = "Only of this key.")
    @Parameter(name = "user", description = "Only of this user.")
    @Parameter(name = "project", description = "Only of this project.")
    @Parameter(name = "team", description = "Only of this team.")
    @Parameter(name = "model", description = "Only of this model.")
    @Parameter(name = "upstream", description = "Only of this upstream.")
    @APIResponseSchema(RecordView.class)
    public void listLedger(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, this::answer);
    }

    private Response answer(Call call) {
        Page page = call.page();
        long after = page.after().map(text -> Call.number("after", text)).orElse(0L);
        // Those that are late are on a later page.
        boolean ignored = ledger.flush();
        List<LedgerPages.Row> rows = pages.after(after, page.limit() + 1, Question.only(call));
        return Answers.page(page.of(rows, row -> String.valueOf(row.seq())), RecordView::of);
    }
}
