package dev.drawbridge.gateway;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.provider.Target;
import java.time.Duration;

/** What becomes of an upstream's call when its client has gone: it ends, at once or when the upstream's drain is over. */
final class Leaving {
    private Leaving() {}

    /** The scope of the only try that is going on. */
    static CallScope only(CallScope client, Target target) {
        return target.upstream().drain().isZero() ? client : own(client, target);
    }

    /** The scope of one try among others, which may end while the client is still there. */
    static CallScope own(CallScope client, Target target) {
        CallScope own = new CallScope();
        Duration drain = target.upstream().drain();
        client.onEnd(() -> {
            if (drain.isZero() || client.reason().kind() != ErrorKind.CLIENT_GONE) {
                own.end(client.reason());
            } else {
                Thread.ofVirtual().start(() -> endAfter(drain, own));
            }
        });
        return own;
    }

    private static void endAfter(Duration drain, CallScope own) {
        own.pause(drain);
        own.end();
    }
}
