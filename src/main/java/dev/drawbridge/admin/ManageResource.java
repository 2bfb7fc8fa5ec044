package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.model.ModelChanges;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit.Note;
import dev.drawbridge.rest.audit.Trail;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Adds a model, with {@code provider_model}, or switches to one, without. */
@Path("manage")
@Requires(Permission.ADMINISTER)
public class ManageResource {
    private static final String PROVIDER = "provider_model";
    private static final String LATER = "no_restart";

    private final ManagementDoor door;
    private final ModelChanges changes;
    private final Trail trail;

    @Inject
    public ManageResource(ManagementDoor door, ModelChanges changes, Trail trail) {
        this.door = door;
        this.changes = changes;
        this.trail = trail;
    }

    @POST
    public void manage(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        Optional<String> expected = Optional.ofNullable(request.getHeader(HttpHeaders.IF_MATCH))
                .filter(tag -> !tag.strip().equals("*"));
        Actor actor = Trail.actor(request);
        door.serve(request, body, response, (document, language) -> {
            Response answer = manage(document, expected, language);
            // It may be asked for again: success is told only of what the audit has.
            trail.note(actor, note(document));
            return answer;
        });
    }

    private static Note note(ObjectNode document) {
        boolean add = Json.present(document, PROVIDER);
        ObjectNode what = Json.object().put(LATER, later(document));
        if (add) {
            what.put(PROVIDER, Json.text(document, PROVIDER));
        }
        return new Note(add ? "add" : "switch", "model", name(document), "", what.toString());
    }

    private Response manage(ObjectNode document, Optional<String> expected, Locale language) {
        String name = name(document);
        ModelChanges.Manner manner = new ModelChanges.Manner(later(document), expected);
        boolean add = Json.present(document, PROVIDER);
        if (add && !document.path(PROVIDER).isTextual()) {
            throw Refusal.badRequest("manage.form");
        }
        ModelChanges.Done done =
                add ? changes.add(name, Json.text(document, PROVIDER), manner) : changes.switchTo(name, manner);
        Text operation = Text.of(add ? "manage.add" : "manage.switch");
        ObjectNode answer = Json.object()
                .put(
                        "message",
                        Text.of(manner.later() ? "manage.stored" : "manage.applied", name, operation)
                                .in(language))
                .put("status", "success")
                .put("operation", operation.in(language))
                .put("is_ollama", done.ollama());
        done.warning().ifPresent(text -> answer.put("warning", text.in(language)));
        return ManagementDoor.json(Response.ok(), answer);
    }

    private static String name(ObjectNode document) {
        String name = Json.text(document, "model_name").strip();
        if (name.isEmpty()) {
            throw Refusal.badRequest("manage.name-required");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.badRequest("manage.name-invalid");
        }
        return name;
    }

    private static boolean later(ObjectNode document) {
        if (Json.present(document, LATER) && !document.path(LATER).isBoolean()) {
            throw Refusal.badRequest("manage.no-restart");
        }
        return document.path(LATER).asBoolean(false);
    }
}
