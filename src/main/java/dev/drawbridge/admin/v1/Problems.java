package dev.drawbridge.admin.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.rest.Failures;
import dev.drawbridge.store.StoreException;
import jakarta.enterprise.inject.Vetoed;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import java.util.Locale;

/** Failures as documents of RFC 9457, with the field that is to blame in {@code field}. */
@Vetoed // as rest.AccessFilter
public class Problems implements ExceptionMapper<Throwable> {
    private static final String TYPE = "application/problem+json";
    private static final Duration SOON = Duration.ofSeconds(5);

    @Override
    public Response toResponse(Throwable thrown) {
        return response(thrown);
    }

    /** The answer for whatever was thrown. */
    public static Response response(Throwable thrown) {
        GatewayException failure = thrown instanceof StoreException ? away() : Failures.of(thrown);
        ErrorKind kind = failure.kind();
        ObjectNode document = Json.object()
                .put("type", "urn:drawbridge:" + word(kind).replace(' ', '-'))
                .put("title", title(kind))
                .put("status", kind.status())
                .put("detail", failure.message());
        failure.param().ifPresent(field -> document.put("field", field));
        Response.ResponseBuilder head = Response.status(kind.status());
        Failures.headers(failure).forEach(head::header);
        return Answers.json(head, document, TYPE);
    }

    private static GatewayException away() {
        return new GatewayException(ErrorKind.NO_CAPACITY, "The database cannot be reached; try again soon")
                .withRetryAfter(SOON);
    }

    private static String word(ErrorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String title(ErrorKind kind) {
        String word = word(kind);
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
