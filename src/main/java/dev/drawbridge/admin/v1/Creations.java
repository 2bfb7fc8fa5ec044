package dev.drawbridge.admin.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.registry.Idempotency;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Creations that a client may send again, with an {@code Idempotency-Key}, when it has not seen the answer. */
@Singleton
public class Creations {
    private final Idempotency idempotency;

    @Inject
    public Creations(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /**
     * What was made.
     *
     * @param path of it
     */
    public record Made(int status, ObjectNode document, long version, String path) {}

    /**
     * Does the work, or answers as it was answered when it was done.
     *
     * @param body that the client sent
     */
    public Response once(Call call, ObjectNode body, Supplier<Made> work) {
        return call.idempotencyKey()
                .map(key -> new Idempotency.Request(call.caller().id(), key, call.place() + " " + text(body)))
                .map(request -> idempotency.once(request, () -> answer(work.get())))
                .map(Creations::response)
                .orElseGet(() -> response(answer(work.get())));
    }

    private static Idempotency.Answer answer(Made made) {
        return new Idempotency.Answer(made.status(), Answers.tag(made.version()), made.path(), text(made.document()));
    }

    private static Response response(Idempotency.Answer answer) {
        Response.ResponseBuilder head = Response.status(answer.status())
                .header(HttpHeaders.ETAG, answer.etag())
                .header(HttpHeaders.LOCATION, answer.location());
        return Answers.json(head, answer.body().getBytes(StandardCharsets.UTF_8), Answers.JSON);
    }

    private static String text(ObjectNode document) {
        return new String(JsonCodec.write(document), StandardCharsets.UTF_8);
    }
}
