package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.ModelStore;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.provider.store.StoredModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Upstreams that keep models, as a test says; the typed client of the real ones needs a server. */
public final class FakeStore implements ModelStore {
    private final Map<String, List<StoredModel>> kept = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Supplier<Progress> next = () -> lines(Duration.ZERO);

    /** The upstream keeps these; one of which nothing is said does not answer. */
    public FakeStore keeps(String upstream, StoredModel... models) {
        kept.put(upstream, List.of(models));
        return this;
    }

    /** What a download is to bring. */
    public FakeStore downloads(Supplier<Progress> progress) {
        next = progress;
        return this;
    }

    /** Downloads that were begun: {@code upstream model}. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public String protocol() {
        return "ollama";
    }

    @Override
    public List<StoredModel> stored(Upstream upstream) {
        return Optional.ofNullable(kept.get(upstream.name()))
                .orElseThrow(() -> new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream cannot be reached"));
    }

    @Override
    public Progress download(Upstream upstream, String model) {
        asked.add(upstream.name() + " " + model);
        return next.get();
    }

    /** Statuses one after the other, each after a while. */
    public static Progress lines(Duration pace, String... statuses) {
        Deque<String> left = new ArrayDeque<>(List.of(statuses));
        CountDownLatch closed = new CountDownLatch(1);
        return new Progress() {
            @Override
            public Optional<ObjectNode> next(Duration patience) {
                try {
                    boolean late = pace.compareTo(patience) > 0;
                    if (closed.await((late ? patience : pace).toNanos(), TimeUnit.NANOSECONDS)) {
                        throw new GatewayException(ErrorKind.INVALID_REQUEST, "the download was cancelled");
                    }
                    if (late) {
                        throw new GatewayException(ErrorKind.TIMEOUT, "the download takes too long");
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Optional.ofNullable(left.poll())
                        .map(status -> Json.object().put("status", status));
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    /** One status, and then a failure. */
    public static Progress failing(String status, GatewayException failure) {
        Progress lines = lines(Duration.ZERO, status);
        return new Progress() {
            @Override
            public Optional<ObjectNode> next(Duration patience) {
                return lines.next(patience).or(() -> {
                    throw failure;
                });
            }

            @Override
            public void close() {
                lines.close();
            }
        };
    }
}
