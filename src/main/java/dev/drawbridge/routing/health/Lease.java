package dev.drawbridge.routing.health;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;

/** A call's place at a target, from before it is sent until its answer has ended. */
public interface Lease extends AutoCloseable {

    /** How a call asks for one. */
    enum Manner {
        /** In passing: there are other targets. */
        PASSING,
        /** Waiting a little where all places are taken. */
        WAITING,
        /** The same, and past an open breaker: there is nobody else left who has not failed. */
        INSISTING
    }

    /** The target with the credential chosen for this call. */
    Target target();

    /**
     * It has begun to answer well.
     *
     * @param nanos from the sent request to the first token
     */
    void answered(long nanos);

    /** It has failed, before the answer or in the middle of it. */
    void failed(GatewayException failure);

    /** Gives the place back; a second time does nothing. Without a verdict before, the call says nothing of the target. */
    @Override
    void close();
}
