package dev.drawbridge.inference;

import java.lang.System.Logger.Level;

/**
 * What can go wrong with a call, in three columns: the HTTP status, who may be tried next, how loud the log is.
 * Each dialect says it to its clients in its own words.
 */
public enum ErrorKind {
    INVALID_REQUEST(400, Retry.NEVER, Level.DEBUG),
    /** This target cannot do what the request asks; another may. */
    UNSUPPORTED_PARAMETER(400, Retry.NEXT_TARGET, Level.DEBUG),
    CONTEXT_LENGTH(400, Retry.NEVER, Level.DEBUG),
    CONTENT_FILTER(400, Retry.NEVER, Level.DEBUG),
    UNAUTHENTICATED(401, Retry.NEVER, Level.INFO),
    FORBIDDEN(403, Retry.NEVER, Level.INFO),
    NOT_FOUND(404, Retry.NEVER, Level.DEBUG),
    MODEL_NOT_FOUND(404, Retry.NEVER, Level.DEBUG),
    METHOD_NOT_ALLOWED(405, Retry.NEVER, Level.DEBUG),
    TOO_LARGE(413, Retry.NEVER, Level.DEBUG),
    UNSUPPORTED_MEDIA_TYPE(415, Retry.NEVER, Level.DEBUG),
    /** Nobody is there to be told; the status, a convention of nginx, is seen only in logs. */
    CLIENT_GONE(499, Retry.NEVER, Level.DEBUG),
    INTERNAL(500, Retry.NEVER, Level.ERROR),

    /** The upstream refuses the credential that the gateway has for it. */
    UPSTREAM_UNAUTHORIZED(401, Retry.NEXT_TARGET, Level.WARNING),
    UPSTREAM_FORBIDDEN(403, Retry.NEXT_TARGET, Level.WARNING),
    /** The upstream does not know the model that the route sends it. */
    UPSTREAM_MODEL_NOT_FOUND(404, Retry.NEXT_TARGET, Level.WARNING),
    RATE_LIMITED(429, Retry.SAME_TARGET, Level.INFO),
    QUOTA_EXHAUSTED(429, Retry.NEXT_TARGET, Level.WARNING),
    /** The upstream failed, or answered what is no answer. */
    UPSTREAM_ERROR(502, Retry.SAME_TARGET, Level.WARNING),
    OVERLOADED(503, Retry.SAME_TARGET, Level.WARNING),
    TIMEOUT(504, Retry.NEXT_TARGET, Level.WARNING);

    /** How far a failed call may go on. */
    public enum Retry {
        NEVER,
        NEXT_TARGET,
        SAME_TARGET
    }

    private final int status;
    private final Retry retry;
    private final Level level;

    ErrorKind(int status, Retry retry, Level level) {
        this.status = status;
        this.retry = retry;
        this.level = level;
    }

    public int status() {
        return status;
    }

    public Retry retry() {
        return retry;
    }

    public Level level() {
        return level;
    }

    /** Whether a client that waits and asks again may succeed. */
    public boolean worthRetrying() {
        return switch (this) {
            case RATE_LIMITED, UPSTREAM_ERROR, OVERLOADED, TIMEOUT -> true;
            default -> false;
        };
    }
}
