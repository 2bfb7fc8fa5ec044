package dev.drawbridge.rest;

import dev.drawbridge.governance.Challenge;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.ws.rs.WebApplicationException;
import java.util.LinkedHashMap;
import java.util.Map;

/** From whatever was thrown to the failure that a client may see. */
public final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    public static GatewayException of(Throwable thrown) {
        return switch (thrown) {
            case GatewayException failure -> failure;
            case WebApplicationException failure -> of(failure.getResponse().getStatus());
            default -> {
                LOG.log(System.Logger.Level.ERROR, "A call failed for a reason that nobody foresaw", thrown);
                yield new GatewayException(
                        ErrorKind.INTERNAL, "The gateway failed; the request id helps to find out why");
            }
        };
    }

    /**
     * The headers of a failure: when to come again, also where that is long, and which credential is wanted. Seconds are
     * whole ones, and never too few.
     */
    public static Map<String, String> headers(GatewayException failure) {
        Map<String, String> headers = new LinkedHashMap<>(failure.headers());
        failure.retryAfter().ifPresent(wait -> {
            headers.put("retry-after", Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1000L))));
            headers.put("retry-after-ms", Long.toString(wait.toMillis()));
        });
        if (failure.kind() == ErrorKind.UNAUTHENTICATED) {
            headers.put("www-authenticate", Challenge.of(failure));
        }
        return headers;
    }

    /** What the server itself refuses. */
    private static GatewayException of(int status) {
        return switch (status) {
            case 404 -> new GatewayException(ErrorKind.NOT_FOUND, "Unknown request URL; see /openapi for all of them");
            case 405 ->
                new GatewayException(ErrorKind.METHOD_NOT_ALLOWED, "This URL does not take this method; see /openapi");
            case 413 -> new GatewayException(ErrorKind.TOO_LARGE, "The request body is too long");
            case 415 -> new GatewayException(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json");
            default -> new GatewayException(ErrorKind.INVALID_REQUEST, "The request is not understood");
        };
    }
}
