package dev.drawbridge.admin.organisation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Creations.Made;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.governance.key.KeyIssuer;
import dev.drawbridge.governance.key.KeyIssuer.Issued;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.registry.json.Documents;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The gateway's own keys. A key is answered when it is made or rotated, and never again. */
@Path("keys")
@Tag(name = "Organisation")
@Schema(name = "key", implementation = KeyForm.class)
public class KeysResource extends EntriesResource<ApiKey> {
    private static final List<String> SECRETS = List.of("secret", "former");

    private final AdminDoor door;
    private final Creations creations;
    private final KeyIssuer issuer;

    /** @param overlap for how long the present key is good besides the new one; no longer where it is not said */
    private record Rotation(Optional<Duration> overlap) {}

    @Inject
    public KeysResource(AdminDoor door, Creations creations, Registry registry, KeyIssuer issuer) {
        super(door, creations, new Entries<>(registry, new KeyRules(registry)));
        this.door = door;
        this.creations = creations;
        this.issuer = issuer;
    }

    @POST
    @Path("{id}/rotate")
    @Requires(Permission.LEAD_TEAMS)
    @Operation(
            summary = "Give a key another secret",
            description = "The present one stays good for the `overlap`, a duration of ISO 8601, such as `PT1H`.")
    @RequestBodySchema(Rotation.class)
    @APIResponseSchema(value = KeyForm.class, responseDescription = "With the new `key`.")
    public void rotateKey(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.open(request, body, response, call -> {
            ObjectNode sent = call.body();
            return creations.once(call, sent, () -> rotate(call, id, sent));
        });
    }

    private Made rotate(Call call, String id, ObjectNode sent) {
        Duration overlap = Documents.read(sent, Rotation.class).overlap().orElse(Duration.ZERO);
        if (overlap.isNegative()) {
            throw Checks.wrong("overlap", "overlap must not be negative");
        }
        return issued(200, issuer.rotate(entries().own(call, id), overlap, call.actor()));
    }

    @Override
    Made make(Call call, ObjectNode sent) {
        return issued(201, issuer.issue(entries().read(call, unstamped(sent)), call.actor()));
    }

    @Override
    Entry<ApiKey> keep(Call call, Entry<ApiKey> changed) {
        return issuer.replace(changed, call.actor());
    }

    @Override
    ObjectNode view(Entry<ApiKey> entry) {
        ObjectNode view = entries().view(entry);
        ArrayNode former = Json.array();
        entry.value()
                .former()
                .forEach(one -> former.addObject()
                        .put("prefix", one.secret().prefix())
                        .put("until", one.until().toString()));
        view.remove(SECRETS);
        return view.put("prefix", entry.value().secret().prefix()).set("former", former);
    }

    private Made issued(int status, Issued issued) {
        Made made = made(status, issued.entry());
        made.document().put("key", issued.key().reveal());
        return made;
    }

    /** Nobody but the gateway says what a key is recognised by. */
    private static ObjectNode unstamped(ObjectNode sent) {
        if (sent.has(SECRETS.getFirst())) {
            throw Checks.wrong("secret", "secret is not for a request to say");
        }
        return sent;
    }
}
