package dev.drawbridge.provider.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Long work at an upstream, as it goes on. Closing it before its end gives it up, from whichever thread. */
public interface Progress extends AutoCloseable {

    /**
     * The next thing to say: {@code {"status":…,"digest"?,"total"?,"completed"?}}, bytes. Empty at the good end.
     *
     * @param patience how long to wait for it
     * @throws dev.drawbridge.inference.GatewayException when the work fails, or there is nothing new for too long
     */
    Optional<ObjectNode> next(Duration patience);

    @Override
    void close();
}
