package dev.drawbridge.rest.audit;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit.Note;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.rest.access.AccessFilter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;

/** Writes into the audit. Blocking, thread-safe. */
@Singleton
public class Trail {
    private static final int LONGEST_ID = 200;

    private final Registry registry;

    @Inject
    public Trail(Registry registry) {
        this.registry = registry;
    }

    /** Who makes a call; to be asked while the request is there. */
    public static Actor actor(HttpServletRequest request) {
        Caller caller = AccessFilter.caller(request);
        // Names are for people; ids tell two of one name apart.
        String name = caller.name().equals(caller.id()) ? caller.name() : caller.name() + " (" + caller.id() + ")";
        return new Actor(name, AccessFilter.address(request));
    }

    /** @throws dev.drawbridge.inference.GatewayException {@code NO_CAPACITY} while the database is away */
    public void note(Actor actor, Note note) {
        String id = note.id().substring(0, Math.min(LONGEST_ID, note.id().length()));
        Note kept = new Note(note.action(), note.kind(), id, note.before(), note.after());
        registry.note(actor, kept);
    }
}
