package dev.drawbridge.store;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.naming.NamingException;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The gateway's database: blocking, thread-safe. It may be away at the start and at any time after. */
@Singleton
public class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Source source;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile @Nullable Jdbi prepared;
    private volatile boolean up;
    private volatile long triedAt = System.nanoTime() - PAUSE.toNanos();

    @Inject
    public Database(Config config, DataFolder folder) {
        this(Source.of(config, folder));
    }

    Database(Source source) {
        this.source = source;
    }

    /**
     * Reads, each statement by itself.
     *
     * @throws StoreException when the database cannot be reached
     */
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        Jdbi jdbi = ready();
        try {
            T result = jdbi.withHandle(work);
            seen();
            return result;
        } catch (JdbiException e) {
            throw failure(e);
        }
    }

    /**
     * Reads and writes in one transaction, rolled back when the work throws anything.
     *
     * @throws StoreException when the database cannot be reached; then it may have been done all the same
     */
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        Jdbi jdbi = ready();
        try {
            T result = jdbi.inTransaction(work);
            seen();
            return result;
        } catch (JdbiException e) {
            throw failure(e);
        }
    }

    /** Whether it could be used when it was last asked; the registry asks it twice a second. */
    public boolean isUp() {
        return up;
    }

    /** Whether it is a file of this process's own, that no other can use. */
    public boolean isOwn() {
        return source.isOwn();
    }

    /**
     * Copies H2's file into an archive while it is in use.
     *
     * @throws UnsupportedOperationException where the database is another; the message says what copies that
     */
    void backup(Path archive) {
        read(handle -> {
            String product = handle.queryMetadata(DatabaseMetaData::getDatabaseProductName);
            if (!"H2".equals(product)) {
                throw new UnsupportedOperationException("The gateway copies H2 only: " + product
                        + " has tools of its own" + (product.equals("PostgreSQL") ? ", such as pg_dump" : ""));
            }
            return handle.execute("backup to ?", archive.toString());
        });
    }

    private void seen() {
        if (!up) {
            up = true;
            LOG.log(System.Logger.Level.INFO, "The database can be used");
        }
    }

    private RuntimeException failure(JdbiException e) {
        return Outage.isIn(e) ? lost(e) : e;
    }

    private StoreException lost(Throwable cause) {
        if (up) {
            up = false;
            LOG.log(System.Logger.Level.WARNING, "The database cannot be reached: {0}", Outage.reason(cause));
        }
        return new StoreException("The database cannot be reached", cause);
    }

    private Jdbi ready() {
        Jdbi known = prepared;
        return known == null ? prepare() : known;
    }

    /** Only one tries at a time, and not without a pause: each attempt takes seconds. */
    private Jdbi prepare() {
        preparing.lock();
        try {
            Jdbi known = prepared;
            if (known != null) {
                return known;
            }
            if (System.nanoTime() - triedAt < PAUSE.toNanos()) {
                throw new StoreException("The database could not be reached", new IllegalStateException("just now"));
            }
            return migrated();
        } finally {
            preparing.unlock();
        }
    }

    private Jdbi migrated() {
        try {
            Jdbi jdbi = Jdbi.create(source.open());
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source.open())
                    .locations("classpath:db/migration")
                    // Each package that has tables has its own tens of numbers.
                    .outOfOrder(true)
                    .load()
                    .migrate();
            prepared = jdbi;
            return jdbi;
        } catch (FlywayException | NamingException e) {
            LOG.log(System.Logger.Level.WARNING, "The database cannot be used: {0}", Outage.reason(e));
            throw new StoreException("The database cannot be used", e);
        } finally {
            triedAt = System.nanoTime();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        source.close();
    }
}
