package dev.drawbridge.inference;

import dev.drawbridge.inference.ErrorKind.Hold;
import dev.drawbridge.inference.ErrorKind.Pause;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one failure of a call. Its message is for the client: no secret, no prompt, no internal name belongs in it. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Vendors err, too: one that asks for a year is asked again after an hour. */
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private final ErrorKind kind;
    private final Details details;

    /** What is known of a failure besides its kind. */
    private record Details(
            @Nullable String param,
            @Nullable String code,
            @Nullable Duration retryAfter,
            @Nullable Hold hold,
            @Nullable Duration holdTime,
            Map<String, String> headers)
            implements Serializable {
        static final Details NONE = new Details(null, null, null, null, null, Map.of());
    }

    public GatewayException(ErrorKind kind, String message) {
        this(kind, message, null, Details.NONE);
    }

    public GatewayException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, Details.NONE);
    }

    private GatewayException(ErrorKind kind, String message, @Nullable Throwable cause, Details details) {
        // Failures are answers here, and frequent under load: a stack trace is taken only where there is a cause.
        super(message, cause, false, cause != null);
        this.kind = kind;
        this.details = details;
    }

    private GatewayException with(Details changed) {
        return new GatewayException(kind, message(), getCause(), changed);
    }

    /** The same failure, blamed on one field of the request, such as {@code messages[0].role}. */
    public GatewayException at(@Nullable String field) {
        return with(
                new Details(field, details.code, details.retryAfter, details.hold, details.holdTime, details.headers));
    }

    /** The same failure with the upstream's own code for it, or that of an {@link Overdue}. */
    public GatewayException withCode(@Nullable String code) {
        return with(
                new Details(details.param, code, details.retryAfter, details.hold, details.holdTime, details.headers));
    }

    public GatewayException withRetryAfter(@Nullable Duration wait) {
        return with(new Details(details.param, details.code, wait, details.hold, details.holdTime, details.headers));
    }

    /** The same failure, after which something else is left alone than its kind says. */
    public GatewayException withPause(Pause pause) {
        return with(new Details(
                details.param, details.code, details.retryAfter, pause.hold(), pause.time(), details.headers));
    }

    /** The same failure, of which the client gets to know more in these headers. */
    public GatewayException withHeaders(Map<String, String> headers) {
        return with(new Details(
                details.param, details.code, details.retryAfter, details.hold, details.holdTime, Map.copyOf(headers)));
    }

    public ErrorKind kind() {
        return kind;
    }

    public String message() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }

    /** Further headers of the answer. */
    public Map<String, String> headers() {
        return details.headers;
    }

    public Optional<String> param() {
        return Optional.ofNullable(details.param);
    }

    public Optional<String> code() {
        return Optional.ofNullable(details.code);
    }

    /** How long the upstream asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(details.retryAfter);
    }

    /** What is to be left alone after it, for {@link #holdTime}. */
    public Hold hold() {
        if (details.hold != null) {
            return details.hold;
        }
        // Whoever fails and says when to come back is left alone so long.
        boolean asked = kind.blames() && kind.hold() == Hold.NOTHING && details.retryAfter != null;
        return asked ? Hold.MODEL : kind.hold();
    }

    /**
     * How long {@link #hold} lasts; zero: not at all. What the upstream asks for counts; but what waiting does not cure,
     * such as a refused credential, is left alone no shorter than its kind says.
     */
    public Duration holdTime() {
        if (hold() == Hold.NOTHING) {
            return Duration.ZERO;
        }
        Duration usual = details.holdTime == null ? kind.holdTime() : details.holdTime;
        Duration asked = retryAfter().orElse(usual);
        Duration time = !kind.worthRetrying() && asked.compareTo(usual) < 0 ? usual : asked;
        return time.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : time;
    }
}
