package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.health.TargetStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Three upstreams, with one place each, that fail as a test says and answer then. */
abstract class AttemptsLab {
    static final RetryConfig QUICK = new RetryConfig(3, Duration.ofMillis(1), Duration.ofMillis(1500), Duration.ZERO);

    final TargetStates states = new TargetStates();
    final CallScope scope = new CallScope();
    final Upstream a = Lab.upstream("{name: a, kind: demo, max-in-flight: 1}");
    final Upstream b = Lab.upstream("{name: b, kind: demo, max-in-flight: 1}");
    final Upstream c = Lab.upstream("{name: c, kind: demo, max-in-flight: 1}");
    final List<Target> targets = List.of(target(a), target(b), target(c));
    final ModelRequest request = Lab.chat("{'model': 'asked', 'user': 'u'}");
    final Map<String, List<GatewayException>> failures = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    Tries tries = new Tries(request, states);
    Attempts attempts = new Attempts(QUICK, tries, scope);

    @AfterEach
    final void every_place_is_free_again() {
        for (Upstream upstream : List.of(a, b, c)) {
            assertThat(states.inFlight(upstream.name())).as(upstream.name()).isZero();
        }
    }

    Answer<String> first(List<Target> from) {
        return ask(from, (adapted, lease, own) -> {
            Target target = lease.target();
            asked.add(target.toString());
            List<GatewayException> waiting =
                    failures.getOrDefault(target.upstream().name(), new ArrayList<>());
            if (!waiting.isEmpty()) {
                throw waiting.removeFirst();
            }
            lease.close();
            return "from " + target;
        });
    }

    Answer<String> ask(List<Target> from, Tries.Ask<String> ask) {
        return attempts.first(from, new InTurn<>(tries, ask, scope, false), new InTurn<>(tries, ask, scope, true));
    }

    GatewayException failure(List<Target> from) {
        return catchThrowableOfType(GatewayException.class, () -> first(from));
    }

    void fails(String upstream, ErrorKind... kinds) {
        List<GatewayException> waiting = new ArrayList<>();
        for (ErrorKind kind : kinds) {
            waiting.add(new GatewayException(kind, upstream + "/m failed"));
        }
        failures.put(upstream, waiting);
    }

    static GatewayException limited(Duration wait) {
        return new GatewayException(ErrorKind.RATE_LIMITED, "slow down").withRetryAfter(wait);
    }

    static Target roomy(Upstream upstream, long context) {
        ModelFacts facts =
                new ModelFacts("", "", OptionalLong.of(context), OptionalLong.empty(), OptionalLong.empty(), Set.of());
        return new Target(upstream, "m", facts, List.of());
    }

    static Target target(Upstream upstream) {
        return Lab.target(upstream, "m");
    }
}
