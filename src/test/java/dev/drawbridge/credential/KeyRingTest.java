package dev.drawbridge.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final String BYTES = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void the_first_key_is_for_writing_and_all_are_found_by_name() {
        byte[] other = new byte[32];
        other[0] = -1;
        KeyRing ring = KeyRing.of(
                " 2027:" + Base64.getUrlEncoder().withoutPadding().encodeToString(other) + " ,\n2026:" + BYTES + ",");

        assertThat(ring.first().id()).isEqualTo("2027");
        assertThat(ring.first().secret().getEncoded()).isEqualTo(other);
        assertThat(ring.find("2026").orElseThrow().secret().getEncoded())
                .hasSize(32)
                .endsWith(0x1f);
        assertThat(ring.find("2025")).isEmpty();
        assertThat(ring.toString()).doesNotContain(BYTES.substring(0, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void without_a_key_nothing_can_be_written(String text) {
        KeyRing ring = KeyRing.of(text);

        assertThatThrownBy(ring::first)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
                .hasMessageContaining("set drawbridge.encryption.keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "k1:AAECAwQFBgcICQoLDA0ODw==",
                "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==",
                "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd$h8=",
                "k 1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                ":AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
            })
    void what_is_no_key_is_refused_without_being_said(String entry) {
        assertThatThrownBy(() -> KeyRing.of("good:" + BYTES + "," + entry))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("drawbridge.encryption.keys: entry 2 must be")
                .hasMessageNotContaining("AAECAwQ");
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        assertThatThrownBy(() -> KeyRing.of("k1:" + BYTES + ",k1:" + BYTES))
                .hasMessageContaining("two keys are called k1");
    }
}
