package dev.drawbridge.adaptation;

import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;

/**
 * One named rule: what is changed for an upstream or a model that cannot take a request as it came, or whose reply is
 * not in the hub's form. Immutable; a request is never changed, a new one is made.
 */
public interface Adaptation {

    /** The request as the target can take it; reports what changed. */
    default ModelRequest request(ModelRequest request, Context context) {
        return request;
    }

    default ModelReply reply(ModelReply reply) {
        return reply;
    }

    default ModelStream stream(ModelStream stream) {
        return stream;
    }
}
