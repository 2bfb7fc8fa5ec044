package dev.drawbridge.usage;

import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import java.util.Optional;

/**
 * What is kept of a call: never its content.
 *
 * @param id the request id that the client sees
 * @param model the name that the client asked for
 * @param upstream who answered, or was asked last; empty when nobody was
 * @param status the HTTP status, or that of the failure that cut a stream; 499 when the client went away
 * @param millis from the request to the last byte of the answer
 */
public record CallRecord(
        String id,
        String caller,
        Operation operation,
        String model,
        String upstream,
        int attempts,
        int status,
        long millis,
        Optional<Usage> usage) {

    /** The client closed the connection; a convention of nginx, seen only in logs. */
    public static final int CLIENT_CLOSED = 499;
}
