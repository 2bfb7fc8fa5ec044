package dev.drawbridge.admin.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.Progress;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Optional;

/** A download that somebody waits for, within the time that the configuration gives it. Closing it gives it up. */
public final class Downloading implements AutoCloseable {
    private final Upstream upstream;
    private final Progress progress;
    private final Limits limits;
    private final long start = System.nanoTime();
    private final DownloadLog log = new DownloadLog();

    /**
     * @param idle longest time without progress
     * @param total longest time at all
     */
    public record Limits(Duration idle, Duration total) {}

    public Downloading(Upstream upstream, Progress progress, Limits limits) {
        this.upstream = upstream;
        this.progress = progress;
        this.limits = limits;
    }

    DownloadLog log() {
        return log;
    }

    public Upstream upstream() {
        return upstream;
    }

    /**
     * The next line; empty at the good end.
     *
     * @throws Refusal when there will be none
     */
    public Optional<ObjectNode> next() {
        try {
            Optional<ObjectNode> line = progress.next(limits.total().minusNanos(System.nanoTime() - start));
            line.ifPresent(log::add);
            return line;
        } catch (GatewayException e) {
            throw refusal(e);
        }
    }

    /** Waits for the end. */
    public String end() {
        Optional<ObjectNode> line = next();
        while (line.isPresent()) {
            line = next();
        }
        return log.text();
    }

    /** The steps so far, one a line. */
    public String said() {
        return log.text();
    }

    private Refusal refusal(GatewayException failure) {
        if (failure.kind() == ErrorKind.TIMEOUT) {
            boolean whole = System.nanoTime() - start >= limits.total().toNanos();
            return new Refusal(504, Text.of("download.timeout", length(whole ? limits.total() : limits.idle())));
        }
        boolean said = failure.getCause() == null || failure.getCause() instanceof WebApplicationException;
        return said
                ? new Refusal(500, Text.of("download.failed", log.failed(failure.message())))
                : new Refusal(502, Text.of("download.unreachable", upstream.name()));
    }

    private static Text length(Duration limit) {
        return limit.toSeconds() % 60 == 0
                ? Text.of("minutes", limit.toMinutes())
                : Text.of("seconds", limit.toSeconds());
    }

    @Override
    public void close() {
        progress.close();
    }
}
