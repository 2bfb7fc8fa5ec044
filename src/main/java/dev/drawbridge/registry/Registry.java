package dev.drawbridge.registry;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.GatewaySecret;
import dev.drawbridge.store.StoreException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The documents of all kinds. Reading is from memory; a change is in the database, in the audit and in this node's
 * memory when the method returns, and in that of every other node within a second. Thread-safe.
 */
@Singleton
public class Registry implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String TOPIC = "registry";

    private final Database database;
    private final Cluster cluster;
    private final Shelves shelves = new Shelves();
    private final Follower follower;
    private final Clock clock = Clock.systemUTC();

    @Inject
    public Registry(Database database, Cluster cluster, DataFolder folder, GatewaySecret secret) {
        this.database = database;
        this.cluster = cluster;
        this.follower = new Follower(database, shelves, folder, secret);
    }

    /** At the start, before the first call needs it. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /** Loads what there is and follows it from then on. */
    @PostConstruct
    public void start() {
        follower.start();
        cluster.subscribe(TOPIC, follower::hurry);
    }

    /**
     * Whether the documents are known: from the database, or from the last snapshot while that is away. Before, there
     * seem to be none.
     */
    public boolean isLoaded() {
        return follower.isLoaded();
    }

    /** Whether this node has seen the database's state within the last seconds. */
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    /**
     * Writes into the audit what has changed, or is about to, elsewhere than here.
     *
     * @throws GatewayException as {@link #change}
     */
    public void note(Actor actor, Edit.Note note) {
        change(actor, edit -> {
            edit.note(note);
            return note;
        });
    }

    /**
     * Makes several changes in one transaction. The work may do no more than that: all nodes wait for it.
     *
     * @throws GatewayException {@code NO_CAPACITY} while the database is away
     */
    public <R> R change(Actor actor, Function<Edit, R> work) {
        R result;
        try {
            result = database.write(handle -> {
                Transaction edit = new Transaction(new Tables(handle), actor, Tables.now(clock));
                R done = work.apply(edit);
                edit.finish();
                return done;
            });
        } catch (StoreException e) {
            throw new GatewayException(ErrorKind.NO_CAPACITY, "The database is away; try again soon", e)
                    .withRetryAfter(SOON);
        }
        follower.catchUp();
        cluster.publish(TOPIC);
        return result;
    }

    /** As {@link Edit#create}, in a transaction of its own. */
    public <T> Entry<T> create(Kind<T> kind, String id, T value, Actor actor) {
        return change(actor, edit -> edit.create(kind, id, value));
    }

    /** As {@link Edit#replace}, in a transaction of its own; the entry tells id and version, and what becomes of it. */
    public <T> Entry<T> replace(Kind<T> kind, Entry<T> entry, Actor actor) {
        return change(actor, edit -> edit.replace(kind, entry.id(), entry.version(), entry.value()));
    }

    /** As {@link Edit#delete}, in a transaction of its own. */
    public <T> void delete(Kind<T> kind, Entry<T> entry, Actor actor) {
        change(actor, edit -> {
            edit.delete(kind, entry.id(), entry.version());
            return entry;
        });
    }

    public <T> Optional<Entry<T>> find(Kind<T> kind, String id) {
        return shelves.of(kind).find(id);
    }

    /** All, by id. */
    public <T> List<Entry<T>> all(Kind<T> kind) {
        return after(kind, "").toList();
    }

    /** Those whose id comes after this one, by id; nothing is copied. */
    public <T> Stream<Entry<T>> after(Kind<T> kind, String id) {
        return shelves.of(kind).after(id);
    }

    public int count(Kind<?> kind) {
        return shelves.of(kind).size();
    }

    /**
     * Tells of each entry that is there, before it returns, and of each change from then on, of whichever node, in
     * order. It must be quick, and not change anything itself. Memory is up to date when it is told.
     */
    public <T> void listen(Kind<T> kind, Consumer<Change<T>> listener) {
        shelves.listen(kind, listener);
    }

    @Override
    @PreDestroy
    public void close() {
        follower.close();
    }
}
