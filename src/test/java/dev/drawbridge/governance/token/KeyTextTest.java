package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.fakes.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void every_form_of_a_public_key_is_read(String algorithm) {
        SigningKey key = SigningKey.of("k", algorithm);
        String jwk = key.jwk().toString();
        String set = "{\"keys\":[" + jwk + "]}";
        for (String text : new String[] {
            key.pem(),
            key.pem().replaceAll("-----[A-Z ]+-----|\n", ""),
            jwk,
            " " + set + "\n",
            SigningKey.encode(set.getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(jwk.getBytes(StandardCharsets.UTF_8))
        }) {
            assertThat(KeyText.read(text))
                    .as(text)
                    .singleElement()
                    .satisfies(read ->
                            assertThat(read.getPublicKey()).isEqualTo(key.pair().getPublic()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "{}"})
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyText.read(text));
    }
}
