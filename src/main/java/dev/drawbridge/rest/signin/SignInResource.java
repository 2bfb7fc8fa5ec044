package dev.drawbridge.rest.signin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.issuer.SignInPlace;
import dev.drawbridge.governance.issuer.SignInPlaces;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.wire.JsonCodec;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Where people may sign in. Nothing of it is secret: every browser that signs in shows it in its address bar. */
@Path("issuers")
@PermitAll
public class SignInResource {
    private final SignInPlaces places;
    private final VirtualThreads threads;

    @Inject
    public SignInResource(SignInPlaces places, VirtualThreads threads) {
        this.places = places;
        this.threads = threads;
    }

    @GET
    public void issuers(@Suspended AsyncResponse response) {
        threads.run(
                response,
                () -> response.resume(Response.ok(JsonCodec.write(document(places.all())), MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build()));
    }

    static ObjectNode document(List<SignInPlace> places) {
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        places.forEach(place -> data.add(entry(place)));
        return document;
    }

    /** In the words of the provider's own document. */
    private static ObjectNode entry(SignInPlace place) {
        ObjectNode entry = Json.object()
                .put("name", place.client().name())
                .put("issuer", place.issuer())
                .put("client_id", place.client().clientId());
        ArrayNode scopes = entry.putArray("scopes");
        place.client().scopes().forEach(scopes::add);
        place.endpoints().ifPresent(endpoints -> {
            entry.put("authorization_endpoint", endpoints.authorization().toString());
            entry.put("token_endpoint", endpoints.token().toString());
            endpoints.endSession().ifPresent(end -> entry.put("end_session_endpoint", end.toString()));
        });
        return entry;
    }
}
