package dev.drawbridge.rest;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes requests over from the server's few threads: a call of a model lasts seconds and only waits. */
@Singleton
public class VirtualThreads {
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("drawbridge-call-", 0).factory());

    /** Does the work, which resumes the response itself; if it throws, the response is resumed with that. */
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
