package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.rest.presence.ClientWatch;
import dev.drawbridge.routing.Owners;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What the resources have in common: read, find the upstream, do it, answer whole or line by line. */
@Singleton
public class AdministrationDoor {
    static final String UPSTREAM = "x-drawbridge-upstream";
    private static final String NDJSON = "application/x-ndjson";

    /** The upstream's own limits end a wait; nobody here is in a hurry. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Orders orders;
    private final VirtualThreads threads;
    private final ClientWatch clients;

    @Inject
    public AdministrationDoor(Orders orders, VirtualThreads threads, ClientWatch clients) {
        this.orders = orders;
        this.threads = threads;
        this.clients = clients;
    }

    /** Does what the body says, on a thread that may wait. */
    void serve(HttpServletRequest request, InputStream body, AsyncResponse response, Function<Order, Response> work) {
        Orders.Sender sender = Orders.Sender.of(request);
        threads.run(response, () -> orders.read(body, sender, order -> response.resume(work.apply(order))));
    }

    /** As above, for work that shows its progress, which may be none for minutes: it ends when the client goes away. */
    void stream(HttpServletRequest request, InputStream body, AsyncResponse response, Function<Order, Running> work) {
        Orders.Sender sender = Orders.Sender.of(request);
        CallScope scope = sender.arrival().scope();
        threads.run(response, () -> {
            CallScope.Watch watch = clients.watch(request, scope);
            CallScope.Watch end = scope.onEnd(Thread.currentThread()::interrupt);
            try (watch;
                    end) {
                orders.read(body, sender, order -> show(order, work.apply(order), response));
            }
        });
    }

    private static void show(Order order, Running running, AsyncResponse response) {
        // Resuming writes the whole answer on this thread; whatever happens to it, our part ends here.
        try (Progress progress = running.progress()) {
            response.resume(order.stream() ? lines(running, progress) : end(running, progress));
        }
    }

    /** Work without a JSON body. */
    void run(HttpServletRequest request, AsyncResponse response, Function<Owners, Response> work) {
        Optional<String> named = Orders.named(request);
        threads.run(response, () -> response.resume(work.apply(owners(named))));
    }

    /** @param named the upstream that the client names */
    Owners owners(Optional<String> named) {
        return orders.owners(named);
    }

    /**
     * Work that is being done.
     *
     * @param upstream who does it; empty when there was nothing to do
     */
    record Running(Optional<Upstream> upstream, Progress progress) {
        static Running at(Upstream upstream, Progress progress) {
            return new Running(Optional.of(upstream), progress);
        }
    }

    private static Response lines(Running running, Progress progress) {
        // A failure before the first line has a status of its own.
        Optional<ObjectNode> first = progress.next(PATIENCE);
        return head(running)
                .entity(new ProgressOutput(first, () -> progress.next(PATIENCE)))
                .type(NDJSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("x-accel-buffering", "no")
                .build();
    }

    private static Response end(Running running, Progress progress) {
        ObjectNode last = Json.object();
        Optional<ObjectNode> line = progress.next(PATIENCE);
        while (line.isPresent()) {
            last = line.get();
            line = progress.next(PATIENCE);
        }
        return OllamaJson.in(head(running), last);
    }

    private static Response.ResponseBuilder head(Running running) {
        return running.upstream().map(AdministrationDoor::ok).orElseGet(Response::ok);
    }

    static Response.ResponseBuilder ok(Upstream upstream) {
        return Response.ok().header(UPSTREAM, upstream.name());
    }
}
