package dev.drawbridge.rest;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.ServerConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all calls at the same time may take. Thread-safe.
 * <p>A body is held until its call ends, since another target may have to be asked. One alone may always take what it
 * needs, so that what {@code server.max-body} allows can be sent.
 */
@Singleton
public class BodyMemory {
    /** Shorter bodies are not counted: threads and sockets take more. */
    static final long SMALL = 64 * 1024;

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final LiveConfig config;
    private final AtomicLong held = new AtomicLong();

    @Inject
    public BodyMemory(LiveConfig config) {
        this.config = config;
    }

    /** For one call; takes nothing yet. */
    public Share share() {
        return new Share(config.current().server());
    }

    /** Bytes held by all calls now. */
    long held() {
        return held.get();
    }

    /** What one call holds. Not thread-safe. */
    public final class Share implements AutoCloseable {
        private final ServerConfig server;
        private long read;
        private long counted;

        private Share(ServerConfig server) {
            this.server = server;
        }

        /** Longest body, in bytes. */
        long limit() {
            return server.maxBody();
        }

        /**
         * Takes as many bytes more.
         *
         * @throws GatewayException {@code OVERLOADED} when other calls hold too much
         */
        void take(long bytes) {
            read += bytes;
            if (read > SMALL) {
                long more = read - counted;
                long all = held.addAndGet(more);
                counted = read;
                if (all > server.bodyMemory() && all > counted) {
                    close();
                    throw new GatewayException(
                                    ErrorKind.OVERLOADED, "The gateway has no room for the request body at the moment")
                            .withRetryAfter(WAIT);
                }
            }
        }

        /** Gives all of it back. */
        @Override
        public void close() {
            held.addAndGet(-counted);
            counted = 0;
            read = 0;
        }
    }
}
