package dev.drawbridge.admin;

import dev.drawbridge.admin.text.Language;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.Failures;
import jakarta.enterprise.inject.Vetoed;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failures in the management API's words: {@code {"detail":"text"}}. */
@Vetoed // as rest.access.AccessFilter
public class ManagementErrors implements ExceptionMapper<Throwable> {
    @Context
    @Nullable
    HttpHeaders headers;

    @Override
    public Response toResponse(Throwable thrown) {
        return response(
                thrown, Language.of(Objects.requireNonNull(headers).getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    static Response response(Throwable thrown, Locale language) {
        if (thrown instanceof Refusal refusal) {
            return ManagementDoor.json(
                    Response.status(refusal.status()),
                    Json.object().put("detail", refusal.text().in(language)));
        }
        GatewayException failure = Failures.of(thrown);
        Response.ResponseBuilder response = Response.status(failure.kind().status());
        Failures.headers(failure).forEach(response::header);
        return ManagementDoor.json(response, Json.object().put("detail", failure.message()));
    }
}
