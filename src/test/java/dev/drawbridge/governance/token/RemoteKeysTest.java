package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.fakes.FakeIdentityProvider;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.fakes.SigningKey;
import dev.drawbridge.governance.issuer.KeyDocument;
import dev.drawbridge.inference.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;

/** Rotation and outage. */
class RemoteKeysTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static RemoteKeys keys(FakeIdentityProvider provider, Duration apart, Duration refresh) {
        try (LiveFile file =
                new LiveFile("identity: { issuers: [{ issuer: '" + provider.issuer() + "', audience: a }] }")) {
            IdentityConfig config = file.config().current().identity();
            KeyDocument document = new KeyDocument(TokenLab.DOCUMENTS);
            return new RemoteKeys(
                    "the provider",
                    () -> document.fetch(config.issuers().getFirst()),
                    new RemoteKeys.Pace(apart, Duration.ofSeconds(2), refresh, refresh));
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 500 && !condition.call(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.call()).isTrue();
    }

    private static List<String> names(Keys keys) {
        return keys.known().stream().map(JsonWebKey::getKeyId).toList();
    }

    @Test
    void keys_are_fetched_when_first_needed_and_follow_a_rotation_by_themselves() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ZERO, Duration.ofMillis(50))) {
            assertThat(provider.fetches()).isZero();
            keys.fresh();
            assertThat(names(keys)).containsExactly("first");
            provider.publish(SigningKey.of("second", "ES256"));
            until(() -> names(keys).equals(List.of("second")));
        }
    }

    @Test
    void an_unknown_key_is_asked_for_at_once_but_not_again_and_again() {
        try (TokenLab lab = new TokenLab()) {
            lab.caller(lab.provider.token());
            SigningKey second = SigningKey.of("second", "RS256");
            for (int i = 0; i < 100; i++) {
                assertThat(lab.refusal(second.as("guess-" + i, "RS256").token(lab.provider.claims())))
                        .contains("does not list");
            }

            assertThat(lab.provider.fetches()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_rotation_is_noticed_with_the_first_token_of_the_new_key() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ofMillis(100), LONG)) {
            assertThat(keys.fresh()).isNotEmpty();
            provider.publish(provider.key(), SigningKey.of("second", "ES256"));
            Thread.sleep(150);

            keys.fresh();

            assertThat(names(keys)).containsExactly("first", "second");
        }
    }

    @Test
    void those_who_ask_at_the_same_time_wait_for_one_fetch() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ofMillis(100), LONG);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(keys.fresh()).isNotEmpty();
            AtomicInteger asked = new AtomicInteger();
            provider.server().on("/realms/corp/.well-known/openid-configuration", (call, answer) -> {
                asked.incrementAndGet();
                Thread.sleep(300);
                answer.whole(
                        200,
                        "application/json",
                        "{\"issuer\":\"" + provider.issuer() + "\",\"jwks_uri\":\"" + provider.keysUrl() + "\"}");
            });
            provider.publish(SigningKey.of("second", "RS256"));
            Thread.sleep(150);

            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(threads.submit(() -> assertThat(keys.fresh()).hasSize(1)));
            }
            for (Future<?> one : waiting) {
                one.get();
            }

            assertThat(asked).hasValue(1);
            assertThat(names(keys)).containsExactly("second");
        }
    }

    @Test
    void an_outage_changes_nothing_for_known_keys_and_makes_nobody_wait() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ZERO, Duration.ofMillis(50))) {
            assertThat(keys.fresh()).isNotEmpty();
            provider.goAway();
            until(() -> provider.server().calls().size() > 6);
            assertThat(names(keys)).containsExactly("first");

            provider.server().on("/realms/corp/.well-known/openid-configuration", (call, answer) -> Thread.sleep(5000));
            keys.fresh();
            long start = System.nanoTime();
            keys.fresh();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        }
    }

    @Test
    void answers_that_are_no_keys_change_nothing() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ZERO, LONG)) {
            assertThat(keys.fresh()).isNotEmpty();
            String path = "/realms/corp/protocol/openid-connect/certs";
            for (String nonsense :
                    List.of("", "<html>", "[]", "{}", "{\"keys\":[]}", "{\"keys\":7}", "{\"keys\":[7]}")) {
                provider.server().on(path, 200, nonsense);
                keys.fresh();
                assertThat(names(keys)).as(nonsense).containsExactly("first");
            }
            provider.server().on(path, 500, "{}");
            keys.fresh();
            assertThat(names(keys)).containsExactly("first");
        }
    }

    @Test
    void shared_secrets_and_unknown_kinds_of_key_are_passed_over() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider();
                RemoteKeys keys = keys(provider, Duration.ZERO, LONG)) {
            provider.server()
                    .on(
                            "/realms/corp/protocol/openid-connect/certs",
                            200,
                            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"},{\"kty\":\"AKP\",\"kid\":\"b\"},"
                                    + provider.key().jwk() + "]}");
            keys.fresh();
            until(() -> names(keys).equals(List.of("first")));
        }
    }

    @Test
    void a_discovery_document_of_another_issuer_is_not_believed() throws Exception {
        try (FakeIdentityProvider provider = new FakeIdentityProvider()) {
            provider.server()
                    .on(
                            "/realms/corp/.well-known/openid-configuration",
                            200,
                            "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"" + provider.keysUrl() + "\"}");
            try (RemoteKeys keys = keys(provider, Duration.ZERO, LONG)) {
                keys.fresh();
                assertThat(keys.known()).isEmpty();
                assertThat(provider.fetches()).isZero();
            }
        }
    }

    @Test
    void before_the_provider_was_ever_there_nobody_can_tell() {
        try (TokenLab lab = new TokenLab()) {
            lab.provider.goAway();

            assertThat(lab.refused(lab.provider.token()).kind()).isEqualTo(ErrorKind.OVERLOADED);
            assertThat(lab.tokens.expected()).isTrue();
        }
    }
}
