package dev.drawbridge.cluster;

import dev.drawbridge.store.Database;
import dev.drawbridge.store.StoreException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The processes over one database, each by a sign of life a second. Whoever has given none for a while is taken for
 * dead, by the database's clock. Over a file of this process's own there is nobody else, and nothing is asked.
 * Thread-safe; what blocks says so.
 */
@Singleton
public final class Members implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Members.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration USUAL_LIFE = Duration.ofSeconds(30);

    /** Rows of the dead are deleted after a while, now and then. */
    private static final int ROUNDS = 60;

    private final Database database;
    private final Duration life;
    private final String id = UUID.randomUUID().toString();
    private final List<Runnable> lapsed = new CopyOnWriteArrayList<>();
    private final ReentrantLock beating = new ReentrantLock();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-members").unstarted(this::run);
    private volatile int count = 1;
    private volatile long seen = System.nanoTime() - USUAL_LIFE.toNanos();
    private volatile boolean gone;
    private boolean known;
    private int rounds;

    @Inject
    Members(Database database) {
        this(database, USUAL_LIFE);
        if (!isAlone()) {
            thread.start();
        }
    }

    /**
     * Members that give signs of life when they are told to.
     *
     * @param life how long one is believed in without a sign, in whole seconds
     */
    public Members(Database database, Duration life) {
        this.database = database;
        this.life = life;
    }

    /** This process's own, in {@code cluster_node}. */
    public String id() {
        return id;
    }

    /** Whether there can be nobody else. */
    public boolean isAlone() {
        return database.isOwn();
    }

    /** Those that are alive, with this one, as of the last sign of life. */
    public int count() {
        return count;
    }

    /** Runs, before it is taken for alive again, when this process finds that it was taken for dead. */
    public void onLapse(Runnable listener) {
        lapsed.add(listener);
    }

    /** How long ago the last sign of life was given. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - seen);
    }

    /** How long one is believed in without a sign of life. */
    public Duration life() {
        return life;
    }

    private void run() {
        try {
            while (!gone) {
                attempt();
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            beat();
        } catch (StoreException e) {
            // The database says so itself.
            LOG.log(System.Logger.Level.DEBUG, "No sign of life could be given", e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "No sign of life could be given: {0}", e.toString());
        }
    }

    /**
     * Gives a sign of life. Blocks.
     *
     * @throws StoreException while the database is away
     */
    public void beat() {
        beating.lock();
        try {
            if (!gone) {
                long now = System.nanoTime();
                if (!isProlonged()) {
                    enter();
                }
                seen = now;
                count = living();
                bury();
            }
        } finally {
            beating.unlock();
        }
    }

    private boolean isProlonged() {
        return database.<Integer, RuntimeException>write(
                        handle -> handle.createUpdate("update cluster_node set good_until = " + goodUntil()
                                        + " where id = :id and good_until > current_timestamp")
                                .bind("id", id)
                                .execute())
                > 0;
    }

    private void enter() {
        if (known) {
            LOG.log(System.Logger.Level.WARNING, "This gateway was taken for dead by others over its database");
        }
        lapsed.forEach(Runnable::run);
        database.write(handle -> {
            int updated = handle.createUpdate("update cluster_node set good_until = " + goodUntil() + " where id = :id")
                    .bind("id", id)
                    .execute();
            return updated > 0
                    ? updated
                    : handle.createUpdate("insert into cluster_node (id, good_until) values (:id, " + goodUntil() + ")")
                            .bind("id", id)
                            .execute();
        });
        known = true;
    }

    private String goodUntil() {
        return "current_timestamp + interval '" + life.toSeconds() + "' second";
    }

    private int living() {
        return database.read(
                handle -> handle.createQuery("select count(*) from cluster_node where good_until > current_timestamp")
                        .mapTo(Integer.class)
                        .one());
    }

    private void bury() {
        if (rounds++ % ROUNDS == 0) {
            database.write(handle -> handle.execute(
                    "delete from cluster_node where good_until < current_timestamp - interval '10' minute"));
        }
    }

    /** Tells the others that this process will do nothing more. Blocks. */
    public void leave() {
        if (isAlone()) {
            return;
        }
        gone = true;
        try {
            database.write(handle -> handle.execute("delete from cluster_node where id = ?", id));
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "Others will find out by themselves that this gateway is gone", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        gone = true;
        thread.interrupt();
    }
}
