package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** What needs an account at ollama.com, which a gateway has not: answered as by an Ollama without one. */
@Path("")
@Requires(Permission.LIST)
public class AccountResource {

    @GET
    @Path("status")
    public Response status() {
        ObjectNode status = Json.object();
        status.putObject("cloud").put("disabled", true).put("source", "config");
        return OllamaJson.ok(status);
    }

    @POST
    @Path("me")
    public Response me() {
        throw new GatewayException(ErrorKind.UPSTREAM_UNAUTHORIZED, "unauthorized");
    }

    @POST
    @Path("signout")
    public Response signOut() {
        throw new GatewayException(ErrorKind.UPSTREAM_UNAUTHORIZED, "unauthorized");
    }

    @DELETE
    @Path("user/keys/{key: .+}")
    public Response forgetKey() {
        throw new GatewayException(ErrorKind.NOT_FOUND, "there is no account at ollama.com here");
    }

    @POST
    @Path("experimental/{tool: web_search|web_fetch}")
    public Response search() {
        throw new GatewayException(ErrorKind.NOT_FOUND, "there is no account at ollama.com here");
    }

    @GET
    @Path("experimental/model-recommendations")
    public Response recommendations() {
        throw new GatewayException(ErrorKind.NOT_FOUND, "there is no account at ollama.com here");
    }
}
