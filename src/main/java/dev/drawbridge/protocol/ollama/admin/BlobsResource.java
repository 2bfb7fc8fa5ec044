package dev.drawbridge.protocol.ollama.admin;

import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.protocol.ollama.control.OllamaControl;
import dev.drawbridge.provider.Upstream;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.util.regex.Pattern;

/** Files that models are made of, by their digest. They may be larger than any other body. */
@Path("blobs/{digest}")
@Requires(Permission.ADMINISTER)
public class BlobsResource {
    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");

    private final AdministrationDoor door;
    private final OllamaControl control;

    @Inject
    public BlobsResource(AdministrationDoor door, OllamaControl control) {
        this.door = door;
        this.control = control;
    }

    @HEAD
    public void find(
            @PathParam("digest") String digest,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.run(request, response, owners -> {
            Upstream upstream = owners.any();
            control.findBlob(upstream, checked(digest));
            return AdministrationDoor.ok(upstream).build();
        });
    }

    @POST
    public void add(
            @PathParam("digest") String digest,
            InputStream content,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        door.run(request, response, owners -> {
            Upstream upstream = owners.any();
            int status = control.addBlob(upstream, checked(digest), content);
            return AdministrationDoor.ok(upstream).status(status).build();
        });
    }

    private static String checked(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "invalid digest format");
        }
        return digest;
    }
}
