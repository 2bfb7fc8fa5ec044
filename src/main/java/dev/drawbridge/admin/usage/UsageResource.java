package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.usage.ledger.Ledger;
import dev.drawbridge.usage.ledger.UsageQueries;
import dev.drawbridge.usage.ledger.UsageQuestion;
import dev.drawbridge.usage.ledger.UsageSum;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What calls used and cost, told apart by whatever is of interest. */
@Path("usage")
@Tag(name = "Money")
@Requires(Permission.SEE_TEAMS)
public class UsageResource {
    private final AdminDoor door;
    private final Ledger ledger;
    private final UsageQueries queries;
    private final SumView view;

    /** An amount of the answer. */
    record Amount(BigDecimal amount, String currency) {}

    /** A sum of the answer. */
    record Sum(
            Map<String, String> group,
            long requests,
            long failed,
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            long reasoningTokens,
            long estimated,
            long unpriced,
            List<Amount> cost) {}

    /** The answer. */
    record Sums(List<Sum> data, boolean complete) {}

    @Inject
    public UsageResource(AdminDoor door, Ledger ledger, UsageQueries queries, Registry registry) {
        this.door = door;
        this.ledger = ledger;
        this.queries = queries;
        this.view = new SumView(new Names(registry));
    }

    @GET
    @Operation(
            summary = "Sum up usage",
            description = "What calls used and cost, told apart by `group-by`; every call until now is in it, unless"
                    + " `complete` is false: then records are still on their way to the database. CSV is 503 then.")
    @Parameter(
            name = "group-by",
            description = "`key`, `user`, `project`, `team`, `model`, `upstream`, `target`, `currency`, `label:<name>`,"
                    + " and one of `hour`, `day` and `month`, with commas between them; nothing for one sum of all.")
    @Parameter(name = "from", description = "A time of ISO 8601, or a day.")
    @Parameter(name = "to", description = "A time of ISO 8601, or a day; not in it any more.")
    @Parameter(
            name = "zone",
            description = "Where days and months begin, those of `from` and `to` too, such as `Europe/Paris`;"
                    + " by default UTC.")
    @Parameter(name = "format", description = "`json` or `csv`.")
    @Parameter(name = "key", description = "Only of this key.")
    @Parameter(name = "user", description = "Only of this user.")
    @Parameter(name = "project", description = "Only of this project.")
    @Parameter(name = "team", description = "Only of this team.")
    @Parameter(name = "model", description = "Only of this model.")
    @Parameter(name = "upstream", description = "Only of this upstream.")
    @APIResponseSchema(Sums.class)
    public void usage(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, this::answer);
    }

    private Response answer(Call call) {
        UsageQuestion question = Question.of(call);
        return switch (call.query("format").orElse("json")) {
            case "json" -> json(question);
            case "csv" -> csv(question);
            default -> throw new GatewayException(ErrorKind.INVALID_REQUEST, "format must be json or csv").at("format");
        };
    }

    /** What has just been answered is on the disk; where the database is away the query says so. */
    private Response json(UsageQuestion question) {
        boolean complete = ledger.flush();
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        queries.sums(question).forEach(sum -> data.add(view.json(sum)));
        return Answers.ok(document.put("complete", complete));
    }

    /** A table cannot say that it is not whole. */
    private Response csv(UsageQuestion question) {
        ledger.awaitAll();
        List<UsageSum> sums = queries.sums(question);
        List<String> groups =
                sums.isEmpty() ? List.of() : List.copyOf(sums.getFirst().group().keySet());
        return Response.ok(view.csv(sums, groups).getBytes(StandardCharsets.UTF_8))
                .type("text/csv; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Disposition", "attachment; filename=\"usage.csv\"")
                .build();
    }
}
