package dev.drawbridge.routing.health;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Targets whose time passes when a test says so, and what is logged of them. */
final class Ward implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(TargetStates.class.getName());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Handler journal = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + new java.util.logging.SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    final TargetStates states = new TargetStates(nanos::get);
    private Target target;

    /** @param settings of the upstream, such as {@code breaker: {window: 10}} */
    Ward(String settings) {
        LOGGER.addHandler(journal);
        LOGGER.setUseParentHandlers(false);
        target = Lab.target(upstream(settings), "m");
    }

    static Upstream upstream(String settings) {
        return Lab.upstream("{name: lab, kind: openai, base-url: \"http://127.0.0.1:1/v1\""
                + (settings.isEmpty() ? "" : ", " + settings) + "}");
    }

    static Target upstreamTarget(String settings) {
        return Lab.target(upstream(settings), "m");
    }

    /** As after a reload. */
    void reload(String settings) {
        target = Lab.target(upstream(settings), "m");
    }

    Target target() {
        return target;
    }

    Target other(String model) {
        return Lab.target(target.upstream(), model);
    }

    TargetState state() {
        return states.of(target);
    }

    Lease take() {
        return state().take(target, new CallScope(), Manner.WAITING);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void succeed(int times) {
        for (int i = 0; i < times; i++) {
            try (Lease lease = take()) {
                lease.answered(1_000_000);
            }
        }
    }

    void fail(int times) {
        fail(times, new GatewayException(ErrorKind.UPSTREAM_ERROR, "broken"));
    }

    void fail(int times, GatewayException failure) {
        for (int i = 0; i < times; i++) {
            try (Lease lease = take()) {
                lease.failed(failure);
            }
        }
    }

    static GatewayException failure(ErrorKind kind, Duration retryAfter) {
        return new GatewayException(kind, "no").withRetryAfter(retryAfter);
    }

    /** The lines since the last time. */
    List<String> said() {
        List<String> said = List.copyOf(lines);
        lines.clear();
        return said;
    }

    @Override
    public void close() {
        LOGGER.removeHandler(journal);
        LOGGER.setUseParentHandlers(true);
    }
}
