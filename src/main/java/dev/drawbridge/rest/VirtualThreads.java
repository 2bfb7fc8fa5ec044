package dev.drawbridge.rest;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes requests over from the server's few threads: a call of a model lasts seconds and only waits. */
@Singleton
public class VirtualThreads {
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("drawbridge-call").factory());

    /**
     * Does the work, which writes the response itself, and completes the response after it.
     *
     * @param end done last, whatever happens
     */
    public void takeOver(HttpServletRequest request, Runnable work, Runnable end) {
        try {
            AsyncContext response = request.startAsync();
            // The upstream's timeouts are the only ones.
            response.setTimeout(0);
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    complete(response, end);
                }
            });
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
    }

    private static void complete(AsyncContext response, Runnable end) {
        try {
            response.complete();
        } finally {
            end.run();
        }
    }

    /** The same for a JAX-RS resource: the work resumes the response; if it throws, the response is resumed with that. */
    public void run(AsyncResponse response, Runnable work) {
        executor.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                response.resume(e);
            }
        });
    }

    @PreDestroy
    public void close() {
        executor.shutdown();
    }
}
