package dev.drawbridge.governance.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.fakes.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroProfileJwtTest {
    private static final String ISSUER = "https://sso.example.com";

    private static List<Issuer> issuers(String... properties) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put("mp.jwt.verify." + properties[i], properties[i + 1]);
        }
        return new Issuers(new MapConfig(all)).with(new IdentityConfig(List.of()));
    }

    private static Issuer issuer(String... properties) {
        return issuers(properties).getFirst();
    }

    @Test
    void without_an_issuer_there_is_none() {
        assertThat(issuers()).isEmpty();
        assertThat(issuers("publickey", "k", "issuer", " ")).isEmpty();
    }

    @Test
    void an_issuer_alone_is_discovered() {
        IssuerConfig rules = issuer("issuer", ISSUER).rules();
        assertThat(rules.issuer()).isEqualTo(ISSUER);
        assertThat(rules.jwksUrl()).isEmpty();
        assertThat(rules.algorithms()).isEqualTo(IssuerConfig.ALGORITHMS);
        assertThat(rules.clockSkew()).hasSeconds(60);
        assertThat(rules.maxAge()).isEmpty();
        assertThat(rules.defaultRole()).contains("user");
    }

    @Test
    void all_properties_count() {
        Issuer issuer = issuer(
                "issuer",
                ISSUER,
                "audiences",
                "a,b",
                "publickey.location",
                "https://sso.example.com/keys",
                "publickey.algorithm",
                "ES256",
                "clock.skew",
                "5",
                "token.age",
                "600");

        assertThat(issuer.publicKey()).isEmpty();
        assertThat(issuer.rules().jwksUrl()).contains("https://sso.example.com/keys");
        assertThat(issuer.rules().audiences()).containsExactly("a", "b");
        assertThat(issuer.rules().algorithms()).containsExactly("ES256");
        assertThat(issuer.rules().clockSkew()).isEqualTo(Duration.ofSeconds(5));
        assertThat(issuer.rules().maxAge()).contains(Duration.ofMinutes(10));
    }

    @Test
    void a_key_may_be_the_property_or_in_a_file_or_on_the_class_path(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("key.pem"), "the key");
        assertThat(issuer("issuer", ISSUER, "publickey", "the key").publicKey()).isEqualTo("the key");
        assertThat(issuer("issuer", ISSUER, "publickey.location", file.toString())
                        .publicKey())
                .isEqualTo("the key");
        assertThat(issuer("issuer", ISSUER, "publickey.location", file.toUri().toString())
                        .publicKey())
                .isEqualTo("the key");
        assertThat(issuer("issuer", ISSUER, "publickey.location", "classpath:/schema/drawbridge.json")
                        .publicKey())
                .contains("drawbridge.yaml");
        assertThatThrownBy(() -> issuer("issuer", ISSUER, "publickey.location", "/no/such.pem"))
                .hasMessageContaining("mp.jwt.verify.publickey.location");
    }

    @Test
    void an_algorithm_with_a_shared_secret_is_refused() {
        assertThatThrownBy(() -> issuers("issuer", ISSUER, "publickey.algorithm", "HS256"))
                .hasMessageContaining("mp.jwt.verify.publickey.algorithm must be one of RS256");
    }

    @Test
    void the_file_counts_before_the_properties() {
        IssuerConfig other = issuer("issuer", ISSUER, "clock.skew", "7").rules();
        Issuers issuers = new Issuers(new MapConfig(Map.of("mp.jwt.verify.issuer", ISSUER)));

        assertThat(issuers.with(new IdentityConfig(List.of(other))))
                .singleElement()
                .satisfies(one -> assertThat(one.rules()).isEqualTo(other));
    }
}
