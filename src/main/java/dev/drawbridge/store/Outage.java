package dev.drawbridge.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Whether a failure says that the database is away, rather than that a statement was wrong. */
final class Outage {
    /** SQLSTATE: connection, resources, operator's intervention. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /** H2's: input or output failed, the file is broken, the database is closed or closing. */
    private static final Set<String> H2 = Set.of("90028", "90030", "90031", "90098", "90121", "90067");

    private Outage() {}

    static boolean isIn(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionException || (cause instanceof SQLException sql && tells(sql))) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && tells(state));
    }

    private static boolean tells(String state) {
        return H2.contains(state) || CLASSES.contains(state.substring(0, Math.min(2, state.length())));
    }

    /** In one line, of the innermost cause. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
