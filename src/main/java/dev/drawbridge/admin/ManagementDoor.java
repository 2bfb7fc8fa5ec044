package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Language;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way in and out: on threads that may wait, with bodies that are JSON, in the language of who asks. */
@Singleton
public class ManagementDoor {
    /** Names and flags; nothing here is long. */
    private static final long LONGEST = 64 * 1024;

    private final VirtualThreads threads;

    @Inject
    public ManagementDoor(VirtualThreads threads) {
        this.threads = threads;
    }

    /** Work that answers before it is over, or at its end. */
    @FunctionalInterface
    interface Work {
        /** @param answer writes the answer, the whole of it, before it returns */
        void run(Locale language, Consumer<Response> answer);
    }

    /** Answers without a body to read. */
    void run(HttpServletRequest request, AsyncResponse response, Function<Locale, Response> work) {
        open(request, response, (language, answer) -> answer.accept(work.apply(language)));
    }

    /** Answers a JSON document. */
    void serve(
            HttpServletRequest request,
            InputStream body,
            AsyncResponse response,
            BiFunction<ObjectNode, Locale, Response> work) {
        Supplier<ObjectNode> document = document(request, body);
        run(request, response, language -> work.apply(document.get(), language));
    }

    void open(HttpServletRequest request, AsyncResponse response, Work work) {
        Locale language = language(request);
        threads.run(response, () -> {
            try {
                work.run(language, response::resume);
            } catch (RuntimeException e) {
                response.resume(ManagementErrors.response(e, language));
            }
        });
    }

    /** The body, which is read when somebody asks for it; the rest of the request is only there now. */
    static Supplier<ObjectNode> document(HttpServletRequest request, InputStream body) {
        // Nobody asks here whose call it is: who may come in has been looked at.
        Arrival arrival = Arrival.of(request, Caller.LOCAL);
        return () -> JsonBody.read(body, arrival, LONGEST);
    }

    static Locale language(HttpServletRequest request) {
        return Language.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    static Response json(Response.ResponseBuilder head, JsonNode document) {
        byte[] bytes = JsonCodec.write(document);
        return head.entity(bytes)
                .type("application/json; charset=utf-8")
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
