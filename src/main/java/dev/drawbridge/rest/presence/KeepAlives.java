package dev.drawbridge.rest.presence;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.wire.SseWriter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Looks after all open event streams, with one thread that never writes itself. Thread-safe. */
@Singleton
public class KeepAlives implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final Supplier<Duration> silence;
    private final Set<EventOutput> outputs = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-keep-alive").unstarted(this::run);

    @Inject
    public KeepAlives(LiveConfig config) {
        this(() -> config.current().server().keepAlive());
    }

    /** @param silence how long a stream may say nothing; zero for as long as it likes */
    public KeepAlives(Supplier<Duration> silence) {
        this.silence = silence;
        thread.start();
    }

    /** @param scope ended when a comment shows that the client has gone */
    public EventOutput open(OutputStream out, CallScope scope) {
        EventOutput output = new EventOutput(new SseWriter(out), scope, outputs::remove);
        outputs.add(output);
        return output;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                long most = silence.get().toNanos();
                if (most > 0) {
                    long now = System.nanoTime();
                    outputs.stream()
                            .filter(output -> output.isSilent(most, now))
                            .forEach(EventOutput::comment);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        thread.interrupt();
    }
}
