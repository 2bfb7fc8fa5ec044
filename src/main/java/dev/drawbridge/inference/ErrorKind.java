package dev.drawbridge.inference;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What can go wrong with a call, in one table: the HTTP status, who may be tried next, what is left alone for a while,
 * how loud the log is. Which answers of which vendor are which kind is data: {@code catalog/failures.yaml}. Each dialect
 * says a kind to its clients in its own words.
 */
public enum ErrorKind {
    INVALID_REQUEST(400, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** This target cannot do what the request asks; another may. */
    UNSUPPORTED_PARAMETER(400, Retry.NEXT_TARGET, Pause.NONE, Level.DEBUG),
    CONTEXT_LENGTH(400, Retry.LARGER_CONTEXT, Pause.NONE, Level.DEBUG),
    CONTENT_FILTER(400, Retry.NEVER, Pause.NONE, Level.DEBUG),
    UNAUTHENTICATED(401, Retry.NEVER, Pause.NONE, Level.INFO),
    FORBIDDEN(403, Retry.NEVER, Pause.NONE, Level.INFO),
    NOT_FOUND(404, Retry.NEVER, Pause.NONE, Level.DEBUG),
    MODEL_NOT_FOUND(404, Retry.NEVER, Pause.NONE, Level.DEBUG),
    METHOD_NOT_ALLOWED(405, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** Something of that name is there already, or in use. */
    CONFLICT(409, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** It was changed by somebody else meanwhile. */
    PRECONDITION_FAILED(412, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** Vendors take bodies of 2 to 32 MB, so that the next may take what one refuses. */
    TOO_LARGE(413, Retry.NEXT_TARGET, Pause.NONE, Level.DEBUG),
    UNSUPPORTED_MEDIA_TYPE(415, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** The caller has left: nobody reads an answer. */
    CLIENT_GONE(499, Retry.NEVER, Pause.NONE, Level.DEBUG),
    INTERNAL(500, Retry.NEVER, Pause.NONE, Level.ERROR),

    /** The upstream refuses the credential that the gateway has for it. */
    UPSTREAM_UNAUTHORIZED(401, Retry.NEXT_TARGET, new Pause(Hold.CREDENTIAL, 60), Level.WARNING),
    /** It may be about this content only, so that nothing is held unless a rule knows more. */
    UPSTREAM_FORBIDDEN(403, Retry.NEXT_TARGET, Pause.NONE, Level.WARNING),
    /** The upstream does not know the model that the route sends it, or not yet, or no longer. */
    UPSTREAM_MODEL_NOT_FOUND(404, Retry.NEXT_TARGET, new Pause(Hold.MODEL, 5), Level.WARNING),
    RATE_LIMITED(429, Retry.SAME_TARGET, new Pause(Hold.CREDENTIAL_FOR_MODEL, 1), Level.INFO),
    QUOTA_EXHAUSTED(429, Retry.NEXT_TARGET, new Pause(Hold.CREDENTIAL, 600), Level.WARNING),
    /** The upstream failed, broke off, or answered what is no answer. */
    UPSTREAM_ERROR(502, Retry.SAME_TARGET, Pause.NONE, Level.WARNING),
    /** No connection, or one that was closed before the answer began. */
    UNREACHABLE(502, Retry.SAME_TARGET, Pause.NONE, Level.WARNING),
    /** A good status with nothing behind it: no body, no choice, no chunk. */
    EMPTY_ANSWER(502, Retry.SAME_TARGET, Pause.NONE, Level.WARNING),
    /** Held only where the upstream says how long. */
    OVERLOADED(503, Retry.SAME_TARGET, new Pause(Hold.MODEL, 0), Level.WARNING),
    /** This gateway itself takes no more calls: it has as many as it can carry, or is about to stop. */
    NO_CAPACITY(503, Retry.NEVER, Pause.NONE, Level.DEBUG),
    /** The code of the failure says which: {@link Overdue}. */
    TIMEOUT(504, Retry.NEXT_TARGET, Pause.NONE, Level.WARNING);

    /** How far a failed call may go on. */
    public enum Retry {
        NEVER,
        /** Only to targets that take more tokens than this one. */
        LARGER_CONTEXT,
        NEXT_TARGET,
        /** To the next target, and when all have failed, to this one again. */
        SAME_TARGET
    }

    /** What is left alone for a while after a failure. */
    public enum Hold {
        NOTHING,
        /** This credential of the upstream, for this model: vendors count rates for each pair. */
        CREDENTIAL_FOR_MODEL,
        /** This credential of the upstream. */
        CREDENTIAL,
        /** This model at the upstream. */
        MODEL,
        /** All of the upstream. */
        UPSTREAM
    }

    /**
     * What is left alone, and for how long where the upstream does not say.
     *
     * @param time zero: only where it says
     */
    public record Pause(Hold hold, Duration time) {
        static final Pause NONE = new Pause(Hold.NOTHING, 0);

        Pause(Hold hold, int seconds) {
            this(hold, Duration.ofSeconds(seconds));
        }
    }

    /** What an upstream was too late with: the codes of {@link #TIMEOUT}. */
    public enum Overdue {
        CONNECT,
        FIRST_TOKEN,
        IDLE,
        TOTAL;

        /** Such as {@code first_token_timeout}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT) + "_timeout";
        }

        /** Whether the code is one of these, and not a vendor's own. */
        public static boolean isCode(String code) {
            return Arrays.stream(values()).anyMatch(late -> late.code().equals(code));
        }
    }

    private final int status;
    private final Retry retry;
    private final Hold hold;
    private final Duration holdTime;
    private final Level level;

    ErrorKind(int status, Retry retry, Pause pause, Level level) {
        this.status = status;
        this.retry = retry;
        this.hold = pause.hold();
        this.holdTime = pause.time();
        this.level = level;
    }

    public int status() {
        return status;
    }

    public Retry retry() {
        return retry;
    }

    /** What is left alone after it, unless the {@linkplain GatewayException#hold failure} says otherwise. */
    public Hold hold() {
        return hold;
    }

    /** For how long, where the upstream does not say; zero: only where it says. */
    public Duration holdTime() {
        return holdTime;
    }

    public Level level() {
        return level;
    }

    /** Whether a client that waits and asks again may succeed. */
    public boolean worthRetrying() {
        return switch (this) {
            case RATE_LIMITED, UPSTREAM_ERROR, UNREACHABLE, EMPTY_ANSWER, OVERLOADED, NO_CAPACITY, TIMEOUT -> true;
            default -> false;
        };
    }

    /**
     * Whether the target is to blame, so that its circuit breaker counts it. Limits, quotas and credentials are not its
     * health, and what is wrong with a request would be wrong anywhere.
     */
    public boolean blames() {
        return switch (this) {
            case UPSTREAM_ERROR, UNREACHABLE, EMPTY_ANSWER, OVERLOADED, TIMEOUT -> true;
            default -> false;
        };
    }
}
