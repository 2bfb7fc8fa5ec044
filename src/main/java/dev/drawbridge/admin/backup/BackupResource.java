package dev.drawbridge.admin.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.AdminDoor;
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
import dev.drawbridge.store.Backups;
import dev.drawbridge.store.Backups.Backup;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The database, copied into the data folder. It leaves the gateway's machine by other ways: all is in it. */
@Path("backup")
@Tag(name = "Database")
@Requires(Permission.ADMINISTER)
public class BackupResource {
    private final AdminDoor door;
    private final Creations creations;
    private final Backups backups;
    private final Registry registry;

    @Inject
    public BackupResource(AdminDoor door, Creations creations, Backups backups, Registry registry) {
        this.door = door;
        this.creations = creations;
        this.backups = backups;
        this.registry = registry;
    }

    @POST
    @Operation(
            summary = "Back up the database",
            description = "Copies H2 into a new `file` of the data folder while the gateway works. Other databases"
                    + " have tools of their own: 409 names them.")
    @APIResponseSchema(value = Backup.class, responseCode = "201", responseDescription = "It is made.")
    public void backUp(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.open(request, response, call -> creations.once(call, Json.object(), () -> made(call)));
    }

    private Made made(Call call) {
        ObjectNode document = json(backup());
        registry.note(call.actor(), new Edit.Note("backup", "database", "", "", document.toString()));
        return new Made(document);
    }

    private Backup backup() {
        try {
            return backups.make();
        } catch (UnsupportedOperationException e) {
            throw new GatewayException(ErrorKind.CONFLICT, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode json(Backup backup) {
        return Json.object()
                .put("file", backup.file())
                .put("bytes", backup.bytes())
                .put("created", backup.created().toString());
    }
}
