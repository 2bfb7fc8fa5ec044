package dev.drawbridge.gateway;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelRequest;

/**
 * One call of a client, from the moment that its request is understood.
 *
 * @param id the request id
 * @param request as the client sent it
 * @param startedNanos {@link System#nanoTime} at its arrival
 * @param scope ends when the client goes away
 */
public record Call(String id, Caller caller, ModelRequest request, long startedNanos, CallScope scope) {}
