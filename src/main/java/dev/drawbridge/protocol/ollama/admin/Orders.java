package dev.drawbridge.protocol.ollama.admin;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.rest.audit.Trail;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Owners;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what clients want done. */
@Singleton
public class Orders {
    private static final String PROTOCOL = "ollama";

    private final BodyMemory memory;
    private final Models models;
    private final Trail trail;

    @Inject
    public Orders(BodyMemory memory, Models models, Trail trail) {
        this.memory = memory;
        this.models = models;
        this.trail = trail;
    }

    /**
     * What is to be known of a request after the server's thread has gone on.
     *
     * @param upstream that the client names
     * @param actor as the audit knows the caller
     */
    record Sender(Arrival arrival, Optional<String> upstream, Actor actor) {
        static Sender of(HttpServletRequest request) {
            // Nobody asks the arrival whose call it is: who may come in has been looked at.
            return new Sender(OllamaBody.arrival(request, Caller.LOCAL), named(request), Trail.actor(request));
        }
    }

    /** The body has its share of the memory until the work is done. */
    void read(InputStream body, Sender sender, Consumer<Order> work) {
        try (BodyMemory.Share share = memory.share()) {
            work.accept(new Order(
                    OllamaBody.read(body, sender.arrival(), share),
                    owners(sender.upstream()),
                    note -> trail.note(sender.actor(), note)));
        }
    }

    /** @param named the upstream that the client names */
    Owners owners(Optional<String> named) {
        return new Owners(models.current(), PROTOCOL, named);
    }

    static Optional<String> named(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(AdministrationDoor.UPSTREAM))
                .filter(name -> !name.isBlank());
    }
}
