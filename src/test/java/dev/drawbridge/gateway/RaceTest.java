package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.health.TargetStates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hedging: who is asked when, who wins, and what becomes of the others. */
@Timeout(10)
class RaceTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofMillis(400);
    private static final Duration NEVER = Duration.ofMinutes(1);

    private final TargetStates states = new TargetStates();
    private final CallScope client = new CallScope();
    private final ModelRequest request = Lab.chat("{'model': 'asked'}");
    private final Tries tries = new Tries(request, states);
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> discarded = new CopyOnWriteArrayList<>();
    private final Target a = target("a");
    private final Target b = target("b");
    private final Target c = target("c");

    /** What a target does after a wait; one that does not listen goes on when its scope has ended. */
    private record Script(Duration after, @Nullable ErrorKind fails, boolean listens) {}

    @AfterEach
    void every_place_is_free_again() throws InterruptedException {
        for (String upstream : List.of("a", "b", "c")) {
            for (int i = 0; states.inFlight(upstream) > 0; i++) {
                assertThat(i).as(upstream + " is still busy").isLessThan(100);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void a_target_that_begins_in_time_is_the_only_one_asked() {
        assertThat(first().content()).isEqualTo("from a/m");
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void the_next_is_asked_when_the_first_is_slow_and_the_faster_one_wins() {
        scripts.put("a", new Script(NEVER, ErrorKind.INTERNAL, true));

        Answer<String> answer = first();

        assertThat(answer.content()).isEqualTo("from b/m");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(asked).containsExactly("a/m", "b/m");
    }

    @Test
    void the_slow_one_may_still_win() {
        scripts.put("a", new Script(SOON.multipliedBy(2), null, true));
        scripts.put("b", new Script(NEVER, null, true));

        assertThat(first().content()).isEqualTo("from a/m");
    }

    @Test
    void an_answer_that_comes_too_late_is_closed() throws InterruptedException {
        scripts.put("a", new Script(LATER, null, false));

        assertThat(first().content()).isEqualTo("from b/m");
        for (int i = 0; discarded.isEmpty() && i < 100; i++) {
            Thread.sleep(20);
        }
        assertThat(discarded).containsExactly("from a/m");
    }

    @Test
    void a_failure_asks_the_next_at_once_when_nobody_else_is_asked() {
        scripts.put("a", new Script(Duration.ZERO, ErrorKind.UPSTREAM_ERROR, true));
        long start = System.nanoTime();

        assertThat(first().content()).isEqualTo("from b/m");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void a_final_failure_ends_the_others() {
        scripts.put("a", new Script(NEVER, null, true));
        scripts.put("b", new Script(Duration.ZERO, ErrorKind.CONTENT_FILTER, true));

        assertThat(failure().kind()).isEqualTo(ErrorKind.CONTENT_FILTER);
        assertThat(asked).containsExactly("a/m", "b/m");
    }

    @Test
    void when_all_fail_the_most_telling_failure_is_told() {
        for (String name : List.of("a", "b", "c")) {
            scripts.put(name, new Script(Duration.ofMillis(150), ErrorKind.TIMEOUT, true));
        }

        assertThat(failure().kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(asked).containsExactlyInAnyOrder("a/m", "b/m", "c/m");
    }

    @Test
    void the_client_s_leaving_ends_all_of_them() {
        for (String name : List.of("a", "b", "c")) {
            scripts.put(name, new Script(NEVER, null, true));
        }
        Thread.ofVirtual().start(() -> {
            client.pause(SOON.multipliedBy(3));
            client.end();
        });

        assertThat(failure().kind()).isEqualTo(ErrorKind.CLIENT_GONE);
        assertThat(asked).as("no more than two at a time").containsExactly("a/m", "b/m");
    }

    @Test
    void a_mistake_in_a_provider_is_not_hidden() {
        assertThatThrownBy(() -> race((adapted, lease, scope) -> {
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private Answer<String> first() {
        return race((adapted, lease, scope) -> {
            Target target = lease.target();
            asked.add(target.toString());
            Script script = scripts.getOrDefault(target.upstream().name(), new Script(Duration.ZERO, null, true));
            CallScope waits = script.listens() ? scope : new CallScope();
            if (!waits.pause(script.after())) {
                throw CallScope.gone();
            }
            if (script.fails() != null) {
                throw new GatewayException(script.fails(), target + " failed");
            }
            lease.close();
            return "from " + target;
        });
    }

    private Answer<String> race(Tries.Ask<String> ask) {
        RetryConfig once = new RetryConfig(1, Duration.ZERO, Duration.ZERO, SOON);
        return new Attempts(once, tries, client)
                .first(
                        List.of(a, b, c),
                        new Race<>(tries, ask, client, new Race.Terms<>(SOON, discarded::add)),
                        new InTurn<>(tries, ask, client, true));
    }

    private GatewayException failure() {
        return catchThrowableOfType(GatewayException.class, this::first);
    }

    private static Target target(String name) {
        Upstream upstream = Lab.upstream("{name: " + name + ", kind: demo, max-in-flight: 1}");
        return Lab.target(upstream, "m");
    }
}
