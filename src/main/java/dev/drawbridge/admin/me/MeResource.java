package dev.drawbridge.admin.me;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.registry.json.Documents;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who calls, and what is laid down for his calls. */
@Path("me")
@Tag(name = "Organisation")
@Requires(Permission.LIST)
public class MeResource {
    private final AdminDoor door;
    private final Directory directory;

    /** What is answered. */
    private record Me(
            String id,
            String name,

            @Schema(description = "How the caller is known.")
            Caller.Kind kind,

            Set<Role> roles,
            Set<String> teams,

            @Schema(description = "Ids of whom calls are counted for, each empty where there is none.")
            Account account,

            @Schema(description = "For each level that names any, globs of which a model must match one.")
            List<List<String>> models,

            List<Chain.ScopedLimit> limits,
            List<Chain.ScopedBudget> budgets,
            Map<String, String> labels) {}

    @Inject
    public MeResource(AdminDoor door, Directory directory) {
        this.door = door;
        this.directory = directory;
    }

    @GET
    @Operation(summary = "Who you are", description = "And what is laid down for your calls.")
    @APIResponseSchema(Me.class)
    public void getMe(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> Answers.ok(Documents.tree(me(call.caller()))));
    }

    private Me me(Caller caller) {
        Chain chain = directory.chain(caller.account());
        return new Me(
                caller.id(),
                caller.name(),
                caller.kind(),
                caller.roles(),
                new TreeSet<>(caller.teams()),
                caller.account(),
                chain.models(),
                chain.limits(),
                chain.budgets(),
                chain.labels());
    }
}
