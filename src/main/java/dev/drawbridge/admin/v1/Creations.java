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
     * @param path of it; empty where it can be got nowhere, and so has no version
     */
    public record Made(int status, ObjectNode document, long version, String path) {
        /** Something that is only told of. */
        public Made(ObjectNode document) {
            this(201, document, 0, "");
        }
    }

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
        String tag = made.path().isEmpty() ? "" : Answers.tag(made.version());
        return new Idempotency.Answer(made.status(), tag, made.path(), text(made.document()));
    }

    private static Response response(Idempotency.Answer answer) {
        Response.ResponseBuilder head = Response.status(answer.status());
        if (!answer.location().isEmpty()) {
            head.header(HttpHeaders.ETAG, answer.etag()).header(HttpHeaders.LOCATION, answer.location());
        }
        return Answers.json(head, answer.body().getBytes(StandardCharsets.UTF_8), Answers.JSON);
    }

    private static String text(ObjectNode document) {
        return new String(JsonCodec.write(document), StandardCharsets.UTF_8);
    }
}
