package dev.drawbridge.usage;

import dev.drawbridge.inference.Usage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One line a call, written by a thread of its own: the server's console takes one writer at a time, and no call waits
 * for it. When lines come faster than they can be written the newest are left out, and how many is said.
 */
@Singleton
public class RequestLog {
    private static final System.Logger LOG = System.getLogger("dev.drawbridge.requests");
    private static final int LONGEST_QUEUE = 10_000;
    private static final int MOST_AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 5;

    private final BlockingQueue<CallRecord> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final Thread writer =
            Thread.ofPlatform().daemon().name("drawbridge-request-log").unstarted(this::write);

    public RequestLog() {
        writer.start();
    }

    public void add(CallRecord call) {
        pending.incrementAndGet();
        if (!queue.offer(call)) {
            pending.decrementAndGet();
            leftOut.incrementAndGet();
        }
    }

    /** Waits a moment for all lines to be written. */
    public void flush() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (pending.get() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has gathered meanwhile goes out with it: each entry costs the console a flush. */
    private void write(CallRecord first) {
        List<CallRecord> gathered = new ArrayList<>(List.of(first));
        queue.drainTo(gathered, MOST_AT_ONCE - 1);
        LOG.log(
                System.Logger.Level.INFO,
                gathered.stream().map(RequestLog::line).collect(Collectors.joining("\n")));
        pending.addAndGet(-gathered.size());
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0} lines were left out", missing);
        }
    }

    static String line(CallRecord call) {
        StringBuilder line = new StringBuilder(200)
                .append("id=")
                .append(call.request())
                .append(" caller=")
                .append(call.who().caller())
                .append(" op=")
                .append(call.operation().name().toLowerCase(Locale.ROOT))
                .append(" model=")
                .append(safe(call.model()))
                .append(" upstream=")
                .append(call.outcome().upstream())
                .append(" attempts=")
                .append(call.outcome().attempts())
                .append(" status=")
                .append(call.outcome().status())
                .append(" ms=")
                .append(call.times().total());
        call.usage().ifPresent(usage -> append(line, usage));
        return line.toString();
    }

    private static void append(StringBuilder line, Usage usage) {
        line.append(" in=").append(usage.input());
        if (usage.cachedInput() > 0) {
            line.append(" cached=").append(usage.cachedInput());
        }
        line.append(" out=").append(usage.output());
        if (usage.origin() != Usage.Origin.REPORTED) {
            line.append(" usage=").append(usage.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    /** A name that a client made up: no line breaks, no end of it. */
    private static String safe(String name) {
        String printable = name.replaceAll("[^\\p{Graph}]", "_");
        return printable.length() > 100 ? printable.substring(0, 100) : printable;
    }

    /** Writes what is left. */
    @PreDestroy
    public void close() {
        flush();
        writer.interrupt();
    }
}
