package dev.drawbridge.admin.v1;

import dev.drawbridge.rest.VirtualThreads;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.Function;

/** The way in and out: resources work on threads that may wait, and what they throw becomes a problem document. */
@Singleton
public class AdminDoor {
    private final VirtualThreads threads;

    @Inject
    public AdminDoor(VirtualThreads threads) {
        this.threads = threads;
    }

    /** Answers a call without a body. */
    public void open(HttpServletRequest request, AsyncResponse response, Function<Call, Response> work) {
        open(request, InputStream.nullInputStream(), response, work);
    }

    /** Answers a call; its body is read when the work asks for it. */
    public void open(
            HttpServletRequest request, InputStream body, AsyncResponse response, Function<Call, Response> work) {
        // All of the request but its body is only there until this method returns.
        Call call = Call.of(request, body);
        threads.run(response, () -> response.resume(answer(call, work)));
    }

    private static Response answer(Call call, Function<Call, Response> work) {
        try {
            return work.apply(call);
        } catch (RuntimeException e) {
            return Problems.response(e);
        }
    }
}
