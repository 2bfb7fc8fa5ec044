package dev.drawbridge.gateway;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.routing.Steering;

/**
 * One call of a client, from the moment that its request is understood.
 *
 * @param id the request id
 * @param request as the client sent it
 * @param startedNanos {@link System#nanoTime} at its arrival
 * @param scope ends when the client goes away
 * @param steering what the client says of who may answer
 */
public record Call(
        String id, Caller caller, ModelRequest request, long startedNanos, CallScope scope, Steering steering) {

    /** The same call with another question. */
    Call with(ModelRequest other) {
        return new Call(id, caller, other, startedNanos, scope, steering);
    }
}
