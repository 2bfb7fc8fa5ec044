package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ScriptedProvider provider = new ScriptedProvider();
    private final Discovery discovery = new Discovery(new Providers(List.<ModelProvider>of(provider)));
    private final Upstream a = upstream("a", 1);
    private final Upstream b = upstream("b", 1);

    @AfterEach
    void close() {
        discovery.close();
    }

    @Test
    void an_upstream_that_was_never_asked_has_no_list() {
        assertThat(discovery.of(a)).isEmpty();
    }

    @Test
    void a_new_list_replaces_the_old_one() {
        provider.lists("a", () -> models("one", "two"));
        discovery.refresh(List.of(a), PATIENCE);
        assertThat(discovery.of(a)).contains(models("one", "two"));

        provider.lists("a", () -> models("two", "three"));
        discovery.refresh(List.of(a), PATIENCE);
        assertThat(discovery.of(a)).contains(models("two", "three"));
    }

    @Test
    void the_version_changes_only_with_a_list() {
        provider.lists("a", () -> models("one"));
        discovery.refresh(List.of(a), PATIENCE);
        long version = discovery.version();

        discovery.refresh(List.of(a), PATIENCE);
        assertThat(discovery.version()).isEqualTo(version);

        provider.lists("a", List::of);
        discovery.refresh(List.of(a), PATIENCE);
        assertThat(discovery.version()).isNotEqualTo(version);
        assertThat(discovery.of(a)).contains(List.of());
    }

    @Test
    void an_upstream_that_fails_keeps_its_list_and_does_not_disturb_others() {
        provider.lists("a", () -> models("one")).lists("b", () -> models("x"));
        discovery.refresh(List.of(a, b), PATIENCE);

        provider.lists("a", () -> {
                    throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "down");
                })
                .lists("b", () -> models("y"));
        discovery.refresh(List.of(a, b), PATIENCE);

        assertThat(discovery.of(a)).contains(models("one"));
        assertThat(discovery.of(b)).contains(models("y"));
    }

    @Test
    void a_provider_with_a_mistake_does_not_disturb_others() {
        provider.lists("a", () -> {
                    throw new IllegalStateException("a mistake");
                })
                .lists("b", () -> models("x"));
        discovery.refresh(List.of(a, b), PATIENCE);

        assertThat(discovery.of(a)).isEmpty();
        assertThat(discovery.of(b)).contains(models("x"));
    }

    @Test
    void a_slow_upstream_is_not_waited_for_and_its_list_comes_later() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        provider.lists("a", () -> {
                    await(answer);
                    return models("late");
                })
                .lists("b", () -> models("x"));
        long start = System.nanoTime();
        discovery.refresh(List.of(a, b), Duration.ofMillis(200));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(discovery.of(a)).isEmpty();
        assertThat(discovery.of(b)).contains(models("x"));
        long version = discovery.version();

        answer.countDown();
        for (int i = 0; discovery.version() == version && i < 200; i++) {
            Thread.sleep(10);
        }
        assertThat(discovery.of(a)).contains(models("late"));
    }

    @Test
    void what_was_learnt_holds_for_an_upstream_that_is_configured_alike() {
        provider.lists("a", () -> models("one"));
        discovery.refresh(List.of(a), PATIENCE);

        assertThat(discovery.of(upstream("a", 1))).contains(models("one"));
        assertThat(discovery.of(upstream("a", 2))).isEmpty();
    }

    @Test
    void an_upstream_that_is_gone_is_forgotten() {
        provider.lists("a", () -> models("one")).lists("b", () -> models("x"));
        discovery.refresh(List.of(a, b), PATIENCE);
        discovery.refresh(List.of(b), PATIENCE);

        assertThat(discovery.of(a)).isEmpty();
        assertThat(discovery.of(b)).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<DiscoveredModel> models(String... ids) {
        return List.of(ids).stream().map(DiscoveredModel::new).toList();
    }

    private static Upstream upstream(String name, int maxInFlight) {
        return Lab.upstream("{name: " + name + ", kind: demo, max-in-flight: " + maxInFlight + "}");
    }
}
