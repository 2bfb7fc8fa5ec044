package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.rest.presence.ClientWatch;
import dev.drawbridge.routing.Models;
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
    private static final String PROTOCOL = "ollama";
    private static final String NDJSON = "application/x-ndjson";

    /** The upstream's own limits end a wait; nobody here is in a hurry. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final BodyMemory memory;
    private final VirtualThreads threads;
    private final Models models;
    private final ClientWatch clients;

    @Inject
    public AdministrationDoor(BodyMemory memory, VirtualThreads threads, Models models, ClientWatch clients) {
        this.memory = memory;
        this.threads = threads;
        this.models = models;
        this.clients = clients;
    }

    /** Does what the body says, on a thread that may wait. */
    void serve(HttpServletRequest request, InputStream body, AsyncResponse response, Function<Order, Response> work) {
        // Nobody asks here whose call it is: who may come in has been looked at.
        Arrival arrival = OllamaBody.arrival(request, Caller.LOCAL);
        Optional<String> named = named(request);
        threads.run(response, () -> {
            try (BodyMemory.Share share = memory.share()) {
                ObjectNode document = OllamaBody.read(body, arrival, share);
                response.resume(work.apply(new Order(document, owners(named))));
            }
        });
    }

    /** As above, for work that shows its progress, which may be none for minutes: it ends when the client goes away. */
    void stream(HttpServletRequest request, InputStream body, AsyncResponse response, Function<Order, Running> work) {
        Arrival arrival = OllamaBody.arrival(request, Caller.LOCAL);
        Optional<String> named = named(request);
        threads.run(response, () -> {
            CallScope.Watch watch = clients.watch(request, arrival.scope());
            CallScope.Watch end = arrival.scope().onEnd(Thread.currentThread()::interrupt);
            try (BodyMemory.Share share = memory.share();
                    watch;
                    end) {
                Order order = new Order(OllamaBody.read(body, arrival, share), owners(named));
                Running running = work.apply(order);
                // Resuming writes the whole answer on this thread; whatever happens to it, our part ends here.
                try (Progress progress = running.progress()) {
                    response.resume(order.stream() ? lines(running, progress) : end(running, progress));
                }
            }
        });
    }

    /** Work without a JSON body. */
    void run(HttpServletRequest request, AsyncResponse response, Function<Owners, Response> work) {
        Optional<String> named = named(request);
        threads.run(response, () -> response.resume(work.apply(owners(named))));
    }

    /** @param named the upstream that the client names */
    Owners owners(Optional<String> named) {
        return new Owners(models.current(), PROTOCOL, named);
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

    private static Optional<String> named(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(UPSTREAM)).filter(name -> !name.isBlank());
    }
}
