package dev.drawbridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where connections come from: a pool of the server's, a database that is named, or a file in the data folder. */
interface Source extends AutoCloseable {
    /** Waited for a connection: an administrator waits longer, calls of models never wait. */
    Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * PostgreSQL's and H2's tables are the same in this mode. A commit is in the file when it returns. A moment on its way
     * to H2 is a time on a clock first: one that is never turned back.
     */
    String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;TIME ZONE=UTC;CACHE_SIZE=32768";

    /** The data source; it connects to nothing yet. */
    DataSource open() throws NamingException;

    /** Whether no other process can use the same database. */
    boolean isOwn();

    @Override
    void close();

    static Source of(Config config, DataFolder folder) {
        Optional<String> jndi = text(config, "drawbridge.datasource");
        if (jndi.isPresent()) {
            return new Named(jndi.get());
        }
        Optional<String> url = text(config, "drawbridge.database.url");
        return new Pooled(
                url.map(address -> direct(address, config)).orElseGet(() -> h2(ownFile(folder) + H2_OPTIONS, "sa", "")),
                url.isEmpty());
    }

    /** By asynchronous channels: others are closed, and the database with them, when a thread is interrupted. */
    private static String ownFile(DataFolder folder) {
        return "jdbc:h2:async:" + folder.resolve("db/drawbridge");
    }

    private static DataSource direct(String url, Config config) {
        String user = text(config, "drawbridge.database.user").orElse("");
        String password = text(config, "drawbridge.database.password").orElse("");
        return url.startsWith("jdbc:h2:") ? h2(url + H2_OPTIONS, user, password) : postgres(url, user, password);
    }

    private static DataSource h2(String url, String user, String password) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        h2.setUser(user);
        h2.setPassword(password);
        return h2;
    }

    private static DataSource postgres(String url, String user, String password) {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setConnectTimeout((int) PATIENCE.toSeconds());
        postgres.setLoginTimeout((int) PATIENCE.toSeconds());
        // A machine that is switched off does not say goodbye.
        postgres.setSocketTimeout(30);
        postgres.setTcpKeepAlive(true);
        postgres.setApplicationName("drawbridge");
        if (!user.isEmpty()) {
            postgres.setUser(user);
            postgres.setPassword(password);
        }
        // Last, so that what it says counts.
        postgres.setURL(url);
        return postgres;
    }

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A pool that an administrator of the server has made. */
    record Named(String name) implements Source {
        /** The name is the administrator's own, as the rest of the configuration. */
        @Override
        @SuppressWarnings("BanJNDI")
        public DataSource open() throws NamingException {
            return (DataSource) new InitialContext().lookup(name);
        }

        @Override
        public boolean isOwn() {
            return false;
        }

        @Override
        public void close() {
            // It is the server's.
        }
    }

    /** A pool of our own. */
    final class Pooled implements Source {
        private final HikariDataSource pool;
        private final boolean own;

        Pooled(DataSource connections, boolean own) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(connections);
            config.setPoolName("drawbridge-database");
            config.setMaximumPoolSize(8);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(PATIENCE.toMillis());
            config.setValidationTimeout(1000);
            // It may be away now.
            config.setInitializationFailTimeout(-1);
            this.pool = new HikariDataSource(config);
            this.own = own;
        }

        @Override
        public boolean isOwn() {
            return own;
        }

        @Override
        public DataSource open() {
            return pool;
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
