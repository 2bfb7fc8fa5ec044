package dev.drawbridge.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ONE = TestKeys.entry("one", 1);
    private static final String TWO = TestKeys.entry("two", 2);
    private static final List<Secret> KEYS = List.of(new Secret("sk-first-0123456789"), new Secret("sk-zweiter-é"));

    private final Vault vault = vault(ONE);

    private static Vault vault(String keys) {
        return new Vault(KeyRing.of(keys));
    }

    @Test
    void what_is_sealed_can_be_opened_and_shows_nothing() throws Exception {
        Credential sealed = vault.seal("openai", KEYS, NOW);

        assertThat(vault.open("openai", sealed)).isEqualTo(KEYS);
        assertThat(sealed.encryptionKey()).isEqualTo("one");
        assertThat(sealed.changed()).isEqualTo(NOW);
        assertThat(sealed.toString()).doesNotContain("sk-first", "zweiter");
    }

    @Test
    void each_value_has_a_nonce_of_its_own_so_that_equal_ones_do_not_look_equal() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            for (String sealed : vault.seal("openai", List.of(KEYS.getFirst(), KEYS.getFirst()), NOW)
                    .sealed()) {
                nonces.add(sealed.substring(0, 16));
            }
        }

        assertThat(nonces).hasSize(1000);
    }

    @Test
    void every_changed_bit_is_noticed() {
        Credential sealed = vault.seal("openai", List.of(new Secret("k")), NOW);
        byte[] whole = Base64.getDecoder().decode(sealed.sealed().getFirst());

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertUnreadable(vault, "openai", Base64.getEncoder().encodeToString(changed), "another one than it was");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64!", "AAECAwQFBgcICQoL"})
    void what_is_no_envelope_is_refused(String text) {
        assertUnreadable(vault, "openai", text, "another one than it was encrypted with, or it has been changed since");
    }

    @Test
    void it_is_good_for_one_upstream_alone() {
        Credential sealed = vault.seal("openai", KEYS, NOW);

        assertUnreadable(vault, "openai2", sealed.sealed().getFirst(), "changed since");
    }

    @Test
    void another_key_of_the_same_name_opens_nothing() {
        Credential sealed = vault.seal("openai", KEYS, NOW);

        assertUnreadable(
                vault(TestKeys.entry("one", 9)), "openai", sealed.sealed().getFirst(), "the key one is another");
    }

    @Test
    void the_name_of_the_key_cannot_be_exchanged() {
        Credential sealed = vault.seal("openai", KEYS, NOW);
        Vault both = vault(TestKeys.entry("other", 1) + "," + ONE);

        assertThatThrownBy(() -> both.open("openai", new Credential("other", sealed.sealed(), NOW)))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void a_key_that_is_not_there_is_named() {
        Credential sealed = vault.seal("openai", KEYS, NOW);

        assertThatThrownBy(() -> vault(TWO).open("openai", sealed))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("there is no key one in drawbridge.encryption.keys");
    }

    @Test
    void after_a_rotation_both_keys_read_and_the_first_writes() throws Exception {
        Credential old = vault.seal("openai", KEYS, NOW);
        Vault both = vault(TWO + "," + ONE);
        Credential fresh = both.seal("openai", both.open("openai", old), old.changed());

        assertThat(both.isCurrent(old)).isFalse();
        assertThat(both.isCurrent(fresh)).isTrue();
        assertThat(vault(TWO).open("openai", fresh)).isEqualTo(KEYS);
    }

    private static void assertUnreadable(Vault vault, String upstream, String sealed, String why) {
        assertThatThrownBy(() -> vault.open(upstream, new Credential("one", List.of(sealed), NOW)))
                .isInstanceOf(UnreadableException.class)
                .hasNoCause()
                .hasMessageContaining(why);
    }
}
