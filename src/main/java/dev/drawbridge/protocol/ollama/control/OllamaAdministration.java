package dev.drawbridge.protocol.ollama.control;

import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's API, but for questions to its models. Documents pass as bytes, so that what nobody has named yet survives.
 * Without an address of its own on the type, so that no server takes it for a resource.
 */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(OllamaFailures.class)
@RegisterProvider(RequestDetails.class)
public interface OllamaAdministration extends AutoCloseable {

    /**
     * The models that are there: {@code {"models":[{"name":…,"size":…,"details":{…},"capabilities":[…]}]}}. Any other
     * value, and null for an empty answer, if what answers is no Ollama.
     */
    @GET
    @Path("api/tags")
    @Nullable
    JsonValue tags();

    /** The models that are in memory: {@code {"models":[{"name":…,"expires_at":…,"size_vram":…}]}}. */
    @GET
    @Path("api/ps")
    byte[] ps();

    @POST
    @Path("api/show")
    byte[] show(byte[] model);

    /** An empty answer, which must be closed. */
    @POST
    @Path("api/copy")
    Response copy(byte[] sourceAndDestination);

    /** A DELETE, which {@link RequestDetails} makes of it: Jersey's typed client leaves the body of one out. */
    @POST
    @Path("api/delete")
    Response delete(byte[] model);

    /** Progress, one document a line; as all of these, it must be closed. */
    @POST
    @Path("api/pull")
    InputStream pull(byte[] model);

    @POST
    @Path("api/push")
    InputStream push(byte[] model);

    @POST
    @Path("api/create")
    InputStream create(byte[] model);

    @HEAD
    @Path("api/blobs/{digest}")
    Response findBlob(@PathParam("digest") String digest);

    @POST
    @Path("api/blobs/{digest}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    Response addBlob(@PathParam("digest") String digest, InputStream content);

    @Override
    void close();
}
