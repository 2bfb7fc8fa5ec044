package dev.drawbridge.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.MapConfig;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Audit;
import dev.drawbridge.registry.AuditEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored credentials, from an administrator's word to the configuration of every node. */
class CredentialStoreTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");
    private static final String KEY = "sk-very-secret-0123456789-wxyz";
    private static final String ONE = TestKeys.entry("one", 1);
    private static final String TWO = TestKeys.entry("two", 2);
    private static final OptionalLong ANY = OptionalLong.empty();

    @TempDir
    Path folder;

    private Map<String, String> settings = Map.of();

    /** One node of the gateway. */
    private final class Gateway implements AutoCloseable {
        final Map<String, String> outside = new ConcurrentHashMap<>();
        final Node node;
        final LiveConfig config;
        final CredentialStore store;
        final CredentialsInForce inForce;

        Gateway(String name, String encryptionKeys) throws IOException {
            Path own = Files.createDirectories(folder.resolve(name));
            outside.put(KeyRing.PROPERTY, encryptionKeys);
            EncryptionKeys keys = new EncryptionKeys(new MapConfig(outside));
            node = new Node(settings, own);
            config = Configs.live(own, "upstreams: [{ name: lab, kind: mistral, api-key: of-the-file }]");
            store = new CredentialStore(node.registry, keys);
            inForce = new CredentialsInForce(node.registry, keys, config, Duration.ofMillis(50));
            inForce.start();
        }

        List<String> inForce() {
            return config.current().upstreams().getFirst().apiKeys().stream()
                    .map(Secret::reveal)
                    .toList();
        }

        @Override
        public void close() {
            inForce.close();
            config.close();
            node.close();
        }
    }

    @BeforeEach
    void h2() {
        settings = Engine.H2.settings(folder);
    }

    private static List<Secret> secrets(String... keys) {
        return Stream.of(keys).map(Secret::new).toList();
    }

    @ParameterizedTest
    @EnumSource
    void what_one_node_stores_is_in_force_on_all_within_a_second(Engine engine) throws Exception {
        settings = engine.settings(folder);
        try (Gateway here = new Gateway("here", ONE);
                Gateway there = new Gateway("there", ONE)) {
            Stored stored = here.store.put("lab", secrets(KEY, "short"), ANY, ANNA);

            assertThat(here.inForce()).containsExactly(KEY, "short");
            await(() -> there.inForce().equals(List.of(KEY, "short")));
            assertThat(stored.endings()).containsExactly("wxyz", "");
            assertThat(stored.encryptionKey()).isEqualTo("one");
            assertThat(stored.version()).isEqualTo(1);
            assertThat(there.store.get("lab")).isEqualTo(here.store.get("lab"));
            assertThat(there.store.after("")).containsExactly(stored);
            assertThat(there.store.after("lab")).isEmpty();

            there.store.delete("lab", OptionalLong.of(1), ANNA);
            assertThat(there.inForce()).containsExactly("of-the-file");
            await(() -> here.inForce().equals(List.of("of-the-file")));
            assertKind(ErrorKind.NOT_FOUND, () -> here.store.get("lab"));
            assertKind(ErrorKind.NOT_FOUND, () -> there.store.delete("lab", ANY, ANNA));
        }
    }

    @Test
    void it_is_nowhere_in_clear_not_in_the_data_folder_and_not_in_the_audit() throws Exception {
        try (Gateway gateway = new Gateway("here", ONE)) {
            gateway.store.put("lab", secrets(KEY), ANY, ANNA);
            gateway.store.put("lab", secrets(KEY + "2"), ANY, ANNA);

            List<AuditEntry> audit = gateway.node.audit.page(Audit.Filter.ALL, Long.MAX_VALUE, 10);
            assertThat(audit).extracting(entry -> entry.note().action()).containsExactly("replace", "create");
            assertThat(audit).extracting(entry -> entry.actor().name()).containsOnly("anna");
            assertThat(audit.toString())
                    .contains("\"encryption-key\":\"one\"")
                    .doesNotContain("sk-very", "wxyz")
                    .doesNotContain(gateway.node
                            .registry
                            .find(Credential.KIND, "lab")
                            .orElseThrow()
                            .value()
                            .sealed()
                            .getFirst());
            Thread.sleep(1500); // The snapshot is written after a while.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(2);
            for (Path file : all) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains("sk-very")).as(file.toString()).isFalse();
            }
        }
    }

    @Test
    void without_a_key_from_outside_nothing_is_stored() throws Exception {
        try (Gateway gateway = new Gateway("here", "")) {
            assertKind(ErrorKind.CONFLICT, () -> gateway.store.put("lab", secrets(KEY), ANY, ANNA));
            assertKind(ErrorKind.CONFLICT, () -> gateway.store.rewrap(ANNA));

            assertThat(gateway.node.registry.count(Credential.KIND)).isZero();
            assertThat(gateway.inForce()).containsExactly("of-the-file");
        }
    }

    @Test
    void a_node_with_another_key_says_so_and_goes_on_with_what_it_has() throws Exception {
        try (Gateway here = new Gateway("here", ONE);
                Gateway there = new Gateway("there", TestKeys.entry("one", 7));
                Gateway without = new Gateway("without", "")) {
            here.store.put("lab", secrets(KEY), ANY, ANNA);

            await(() -> there.store.after("").findAny().isPresent());
            await(() -> without.store.after("").findAny().isPresent());
            Thread.sleep(100);
            assertThat(there.inForce()).containsExactly("of-the-file");
            assertThat(there.store.get("lab").endings()).isEmpty();
            assertThat(there.store.get("lab").problem().orElseThrow()).contains("the key one is another one");
            assertThat(without.store.get("lab").problem().orElseThrow()).contains("there is no key one");
            assertThat(there.store.rewrap(ANNA).unreadable()).containsExactly("lab");
            assertThat(here.store.get("lab").problem()).isEmpty();
        }
    }

    @Test
    void what_could_not_be_decrypted_is_in_force_when_the_key_comes() throws Exception {
        try (Gateway here = new Gateway("here", ONE);
                Gateway late = new Gateway("late", "")) {
            here.store.put("lab", secrets("replaced"), ANY, ANNA);
            here.store.put("lab", secrets(KEY), ANY, ANNA);
            here.store.put("other", secrets("k2"), ANY, ANNA);
            here.store.delete("other", ANY, ANNA);
            await(() -> late.store.after("").findAny().isPresent());

            late.outside.put(KeyRing.PROPERTY, TWO);
            Thread.sleep(150);
            assertThat(late.inForce()).containsExactly("of-the-file");
            late.outside.put(KeyRing.PROPERTY, TWO + "," + ONE);
            await(() -> late.inForce().equals(List.of(KEY)));
            assertThat(late.store.get("lab").problem()).isEmpty();
        }
    }

    @Test
    void keys_rotate_without_a_moment_without_the_credential() throws Exception {
        try (Gateway gateway = new Gateway("here", ONE)) {
            Stored before = gateway.store.put("lab", secrets(KEY, "k2"), ANY, ANNA);
            gateway.store.put("other", secrets("k3"), ANY, ANNA);

            gateway.outside.put(KeyRing.PROPERTY, TWO + "," + ONE);
            gateway.store.put("fresh", secrets("k4"), ANY, ANNA);
            CredentialStore.Rewrapped rewrapped = gateway.store.rewrap(ANNA);

            assertThat(rewrapped).isEqualTo(new CredentialStore.Rewrapped("two", List.of("lab", "other"), List.of()));
            assertThat(gateway.store.get("lab").changed()).isEqualTo(before.changed());
            assertThat(gateway.store.rewrap(ANNA).rewrapped()).isEmpty();
            gateway.outside.put(KeyRing.PROPERTY, TWO);
            assertThat(gateway.store.after("")).allSatisfy(stored -> {
                assertThat(stored.encryptionKey()).isEqualTo("two");
                assertThat(stored.problem()).isEmpty();
            });
            assertThat(gateway.inForce()).containsExactly(KEY, "k2");
        }
        try (Gateway again = new Gateway("again", TWO)) {
            assertThat(again.inForce()).containsExactly(KEY, "k2");
        }
    }

    @Test
    void who_comes_too_late_changes_nothing() throws Exception {
        try (Gateway gateway = new Gateway("here", ONE)) {
            assertKind(
                    ErrorKind.PRECONDITION_FAILED,
                    () -> gateway.store.put("lab", secrets("k1"), OptionalLong.of(1), ANNA));
            gateway.store.put("lab", secrets("k1"), ANY, ANNA);
            gateway.store.put("lab", secrets("k2"), OptionalLong.of(1), ANNA);

            assertKind(
                    ErrorKind.PRECONDITION_FAILED,
                    () -> gateway.store.put("lab", secrets("k3"), OptionalLong.of(1), ANNA));
            assertKind(ErrorKind.PRECONDITION_FAILED, () -> gateway.store.delete("lab", OptionalLong.of(1), ANNA));
            assertThat(gateway.inForce()).containsExactly("k2");
        }
    }

    private static void assertKind(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
