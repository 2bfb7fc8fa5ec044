package dev.drawbridge.admin.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.file.Masking;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.Models;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks all upstreams how they are. Blocking, for as long as the slowest of them takes, up to a limit. */
@Singleton
public class Diagnosis {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Models models;
    private final Providers providers;
    private final Together together;

    @Inject
    public Diagnosis(Models models, Providers providers, Together together) {
        this.models = models;
        this.providers = providers;
        this.together = together;
    }

    public List<UpstreamState> states() {
        List<Upstream> upstreams = List.copyOf(models.current().upstreams());
        List<Optional<UpstreamState>> asked = together.ask(upstreams, this::state, PATIENCE);
        List<UpstreamState> states = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Upstream upstream = upstreams.get(i);
            states.add(asked.get(i).orElseGet(() -> UpstreamState.late(upstream, PATIENCE.toMillis())));
        }
        return states;
    }

    /** What every report of them begins with: how they are together, and when. */
    public static ObjectNode report(List<UpstreamState> states) {
        return Json.object()
                .put("status", summary(states))
                .put("timestamp", Instant.now().toString());
    }

    /** {@code ok}, {@code partial} or {@code error}. */
    static String summary(List<UpstreamState> states) {
        long good = states.stream().filter(UpstreamState::isGood).count();
        return good == states.size() ? "ok" : good > 0 ? "partial" : "error";
    }

    /** Where the upstream is, without credentials; empty if it is nowhere. */
    public static Optional<String> address(Upstream upstream) {
        try {
            String address = upstream.uri("", "").toString();
            return Optional.of(Masking.address(address).replaceFirst("/+$", ""));
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }

    private UpstreamState state(Upstream upstream) {
        long start = System.nanoTime();
        try {
            int listed = providers.of(upstream).models(upstream).size();
            return UpstreamState.good(upstream, listed, since(start));
        } catch (GatewayException e) {
            return UpstreamState.bad(upstream, e, since(start));
        }
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
