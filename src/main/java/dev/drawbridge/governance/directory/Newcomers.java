package dev.drawbridge.governance.directory;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.governance.organisation.User;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Enters users whom identity providers vouch for, in the background. */
final class Newcomers {
    private static final System.Logger LOG = System.getLogger(Newcomers.class.getName());
    /** Who finds no place is entered with a later call. */
    private static final int MOST = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Registry registry;
    private final Map<String, Caller> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean working = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();

    Newcomers(Registry registry) {
        this.registry = registry;
    }

    /** @param id of the user */
    void seen(String id, Caller caller) {
        if (waiting.size() < MOST) {
            waiting.put(id, caller);
        }
        if (System.nanoTime() - notBefore >= 0 && working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("drawbridge-newcomers").start(this::work);
        }
    }

    private void work() {
        try {
            for (Map.Entry<String, Caller> next : List.copyOf(waiting.entrySet())) {
                registry.change(Actor.GATEWAY, edit -> entered(edit, next.getKey(), next.getValue()));
                waiting.remove(next.getKey(), next.getValue());
            }
        } catch (GatewayException e) {
            // The next call of any of them tries again.
            notBefore = System.nanoTime() + PAUSE.toNanos();
            LOG.log(System.Logger.Level.DEBUG, "New users wait for the database", e);
        } finally {
            working.set(false);
        }
    }

    private static Entry<User> entered(Edit edit, String id, Caller caller) {
        List<String> teams = caller.teams().stream().map(Ids::of).sorted().toList();
        caller.teams().stream()
                .filter(name -> Ids.of(name).equals(teams.getFirst()))
                .findFirst()
                .ifPresent(name -> team(edit, name));
        Optional<Entry<User>> known = edit.find(Kinds.USER, id);
        if (known.isEmpty()) {
            return edit.create(Kinds.USER, id, new User(caller.name(), caller.id(), teams));
        }
        User user = known.get().value();
        return user.isAsSeen(caller.name(), teams)
                ? known.get()
                : edit.replace(Kinds.USER, id, known.get().version(), user.asSeen(caller.name(), teams));
    }

    private static void team(Edit edit, String name) {
        String id = Ids.of(name);
        if (edit.find(Kinds.TEAM, id).isEmpty()) {
            edit.create(Kinds.TEAM, id, new Team(name));
        }
    }
}
