package dev.drawbridge.inference;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one failure of a call. Its message is for the client: no secret, no prompt, no internal name belongs in it. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final @Nullable String param;
    private final @Nullable String code;
    private final @Nullable Duration retryAfter;

    public GatewayException(ErrorKind kind, String message) {
        this(kind, message, null, null, null, null);
    }

    public GatewayException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, null, null, null, cause);
    }

    private GatewayException(
            ErrorKind kind,
            String message,
            @Nullable String param,
            @Nullable String code,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        // Failures are answers here, and frequent under load: a stack trace is taken only where there is a cause.
        super(message, cause, false, cause != null);
        this.kind = kind;
        this.param = param;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The same failure, blamed on one field of the request, such as {@code messages[0].role}. */
    public GatewayException at(@Nullable String field) {
        return new GatewayException(kind, message(), field, code, retryAfter, getCause());
    }

    /** The same failure with the upstream's own code for it. */
    public GatewayException withCode(@Nullable String upstreamCode) {
        return new GatewayException(kind, message(), param, upstreamCode, retryAfter, getCause());
    }

    public GatewayException withRetryAfter(@Nullable Duration wait) {
        return new GatewayException(kind, message(), param, code, wait, getCause());
    }

    public ErrorKind kind() {
        return kind;
    }

    public String message() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }

    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
