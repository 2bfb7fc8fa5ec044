package dev.drawbridge.usage;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of a call: never its content.
 *
 * @param id the gateway's own name for the record: unique over all nodes, in the order of time on each
 * @param request the request id that the client sees; clients may give their own, so that it need not be unique
 * @param time of the call's arrival
 * @param who for whom the call was made
 * @param model the name that the client asked for
 * @param labels of whoever called, for reports
 */
public record CallRecord(
        String id,
        String request,
        Instant time,
        Who who,
        Operation operation,
        String model,
        Outcome outcome,
        Times times,
        Optional<Usage> usage,
        Cost cost,
        Map<String, String> labels) {

    /** The gateway's own name of the model that answered. */
    public String route() {
        return outcome.route().isEmpty() ? model : outcome.route();
    }

    /** The client closed the connection; a convention of nginx, seen only in logs. */
    public static final int CLIENT_CLOSED = 499;

    /**
     * Ids, each empty where the call has none.
     *
     * @param caller the caller's name, as in the log
     */
    public record Who(String caller, String key, String user, String project, String team) {}

    /**
     * How it ended.
     *
     * @param upstream who answered, or was asked last; empty when nobody was
     * @param target the upstream's own name of the model; empty when nobody was asked
     * @param route the gateway's own name of it, by which it is priced; empty where it is the name that was asked for
     * @param attempts how often upstreams were asked
     * @param status the HTTP status, or that of the failure that cut a stream; 499 when the client went away
     * @param failure the kind of failure, such as {@code RATE_LIMITED}; empty where it went well
     */
    public record Outcome(String upstream, String target, String route, int attempts, int status, String failure) {}

    /**
     * In milliseconds since the arrival.
     *
     * @param queue how long the call waited for a place at an upstream; empty where it did not
     * @param firstToken empty where nothing came, or the answer came whole
     * @param total to the last byte of the answer
     */
    public record Times(OptionalLong queue, OptionalLong firstToken, long total) {
        /** Without waiting. */
        public Times(OptionalLong firstToken, long total) {
            this(OptionalLong.empty(), firstToken, total);
        }
    }

    /**
     * @param money empty where it is not known: nothing was used, or there was no price
     * @param price what it was reckoned by, to be found again; empty where there was none
     */
    public record Cost(Optional<Money> money, String price) {
        public static final Cost UNKNOWN = new Cost(Optional.empty(), "");
    }
}
