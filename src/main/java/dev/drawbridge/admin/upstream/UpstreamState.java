package dev.drawbridge.admin.upstream;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an upstream is: what became of asking it for its models.
 *
 * @param status of HTTP; empty if there was no answer
 * @param reachable whether there was any answer
 * @param authorised whether it takes the gateway's credential; empty if nobody knows
 * @param models that it lists; empty if it does not
 * @param millis that the answer took
 * @param error what went wrong, without secrets
 */
public record UpstreamState(
        Upstream upstream,
        OptionalInt status,
        boolean reachable,
        Optional<Boolean> authorised,
        OptionalInt models,
        long millis,
        Optional<String> error) {

    static UpstreamState good(Upstream upstream, int models, long millis) {
        return new UpstreamState(
                upstream,
                OptionalInt.of(200),
                true,
                Optional.of(true),
                OptionalInt.of(models),
                millis,
                Optional.empty());
    }

    static UpstreamState late(Upstream upstream, long millis) {
        return new UpstreamState(
                upstream,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                OptionalInt.empty(),
                millis,
                Optional.of("no answer within " + millis + " ms"));
    }

    static UpstreamState bad(Upstream upstream, GatewayException failure, long millis) {
        OptionalInt status = failure.getCause() instanceof WebApplicationException answer
                ? OptionalInt.of(answer.getResponse().getStatus())
                : OptionalInt.empty();
        Optional<String> broken = broken(failure);
        boolean reachable = status.isPresent() || broken.isEmpty();
        boolean refused = status.isPresent() && (status.getAsInt() == 401 || status.getAsInt() == 403);
        return new UpstreamState(
                upstream,
                status,
                reachable,
                refused ? Optional.of(false) : Optional.empty(),
                OptionalInt.empty(),
                millis,
                Optional.of(failure.message() + broken.map(why -> ": " + why).orElse("")));
    }

    /** Why there was no answer, if there was none. */
    private static Optional<String> broken(GatewayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || (cause instanceof ProcessingException && cause.getCause() == null)) {
                return Optional.of(cause.getClass().getSimpleName() + " " + String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    public boolean isGood() {
        return error.isEmpty();
    }
}
