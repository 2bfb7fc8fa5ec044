package dev.drawbridge.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a failure says that the database never takes these values, rather than that it takes nothing now. */
public final class Rejection {
    /** SQLSTATE: data, integrity. All others may pass: no rights, no table, only to be read, locked for too long. */
    private static final Set<String> CLASSES = Set.of("22", "23");

    private Rejection() {}

    public static boolean isIn(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && tells(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(@Nullable String state) {
        return state != null && CLASSES.contains(state.substring(0, Math.min(2, state.length())));
    }
}
