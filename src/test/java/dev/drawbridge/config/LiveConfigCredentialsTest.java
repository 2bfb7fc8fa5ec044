package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that do not stand in the file: in a file of their own, or stored by the gateway. */
class LiveConfigCredentialsTest {
    private static final String TWO = """
            upstreams:
              - { name: one, kind: mistral, api-key: k1, discovery: false }
              - { name: two, kind: mistral, api-key: k2, discovery: false }
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir
    private Path dir;

    @Test
    void a_stored_credential_takes_the_place_of_the_file_s_at_once_and_is_shown_nowhere() {
        try (LiveFile file = new LiveFile(TWO)) {
            LiveConfig live = file.config();
            Models models = Configs.models(live);
            Upstream before = upstream(models, "two");
            long version = live.version();

            live.useCredentials(Map.of("one", List.of(new Secret("s1"), new Secret("s2")), "gone", List.of()));

            assertThat(live.version()).isGreaterThan(version);
            assertThat(keys(live, "one")).containsExactly("s1", "s2");
            assertThat(keys(live, "two")).containsExactly("k2");
            assertThat(upstream(models, "one").credentials())
                    .extracting(one -> one.headers().get("authorization"))
                    .containsExactly("Bearer s1", "Bearer s2");
            assertThat(upstream(models, "two")).isEqualTo(before);
            assertThat(live.inForce().document().toString()).contains("k1").doesNotContain("s1");
            assertThat(live.current().toString()).doesNotContain("s1", "k2");
        }
    }

    @Test
    void it_outlives_a_change_of_the_file_and_ends_with_its_deletion() throws Exception {
        try (LiveFile file = new LiveFile(TWO)) {
            LiveConfig live = file.config();
            live.useCredentials(Map.of("one", List.of(new Secret("s1"))));

            file.change(TWO.replace("k2", "k2-new"));
            assertThat(keys(live, "one")).containsExactly("s1");
            assertThat(keys(live, "two")).containsExactly("k2-new");

            live.useCredentials(Map.of());
            assertThat(keys(live, "one")).containsExactly("k1");
        }
    }

    @Test
    void an_upstream_whose_credential_is_stored_needs_none_in_the_file() {
        assertThatThrownBy(() -> Configs.live(dir, "upstreams: [{ name: one, kind: mistral }]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("upstreams[0].api-key: is missing");

        LiveConfig live = Configs.live(dir, "upstreams: [{ name: one, kind: mistral, credential: stored }]");
        assertThat(keys(live, "one")).isEmpty();
        live.useCredentials(Map.of("one", List.of(new Secret("s1"))));
        assertThat(keys(live, "one")).containsExactly("s1");
        live.close();
    }

    @Test
    void a_changed_secret_file_is_in_force_soon_and_an_empty_one_changes_nothing() throws Exception {
        Path secret = Files.writeString(dir.resolve("api-key"), "k1\n");
        LiveConfig live = Configs.live(dir, TWO.replace("k1", "\"${file:" + secret + "}\""));
        assertThat(keys(live, "one")).containsExactly("k1");

        swap(secret, "k1-rotated\n");
        await(() -> keys(live, "one").equals(List.of("k1-rotated")));

        long version = live.version();
        swap(secret, "");
        Thread.sleep(1500);
        assertThat(live.version()).isEqualTo(version);
        swap(secret, "k1-again");
        await(() -> keys(live, "one").equals(List.of("k1-again")));
        live.close();
    }

    /** As Kubernetes does: nobody ever sees half of it. */
    private void swap(Path file, String content) throws Exception {
        Path fresh = Files.writeString(dir.resolve("fresh"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static List<String> keys(LiveConfig live, String upstream) {
        return live.current().upstreams().stream()
                .filter(one -> one.name().equals(upstream))
                .flatMap(one -> one.apiKeys().stream())
                .map(Secret::reveal)
                .toList();
    }

    private static Upstream upstream(Models models, String name) {
        return models.current().upstreams().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
