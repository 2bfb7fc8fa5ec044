package dev.drawbridge.governance.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.ConfigReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityCheckTest {
    private static IdentityConfig read(String issuers) {
        try {
            return new ConfigReader(name -> Optional.empty(), List.of(new IdentityCheck()))
                    .read(ConfigReader.parseYaml("identity: { issuers: [" + issuers + "] }"), "test")
                    .identity();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_defaults_are_the_usual_ones() {
        IssuerConfig issuer =
                read("{ issuer: 'https://a.example', audience: x }").issuers().getFirst();

        assertThat(issuer)
                .isEqualTo(new IssuerConfig(
                        "identity.issuers[0]",
                        "https://a.example",
                        List.of("x"),
                        List.of(),
                        Optional.empty(),
                        IssuerConfig.ALGORITHMS,
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        IssuerConfig.Claims.USUAL,
                        IssuerConfig.ROLES,
                        Map.of(),
                        Optional.of("user"),
                        IssuerConfig.Connection.DIRECT,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ issuer: corp, audience: x }|identity.issuers[0].issuer: must be an address",
                "{ issuer: 'https://a.example' }|identity.issuers[0].audience: is missing, and azp too",
                "{ issuer: corp, azp: x, jwks-url: keys }|identity.issuers[0].jwks-url: must be an address",
                "{ issuer: 'https://a.example', azp: x, proxy: here }|identity.issuers[0].proxy: must be an address",
                "{ issuer: 'https://a.example', azp: x, tls: { trust-store: /no/such.pem } }|tls.trust-store: cannot be read",
                "{ issuer: 'https://a.example', azp: x, algorithms: [HS256] }|identity.issuers[0].algorithms[0]: must be one of",
                "{ issuer: 'https://a.example', azp: x, roles: { a: root } }|identity.issuers[0].roles.a: must be one of",
                "{ issuer: 'https://a.example', audiance: x }|did you mean \"audience\"?",
                "{ issuer: 'https://a.example', azp: x, client-id: web }|identity.issuers[0].azp: does not name the client-id",
                "{ issuer: corp, audience: x, jwks-url: 'http://k.example/', client-id: web }|identity.issuers[0].issuer: must be an address",
                "{ audience: x }|identity.issuers[0].issuer: is missing",
                "{ issuer: 'https://a.example', azp: x }, { issuer: 'https://a.example', azp: y }|identity.issuers[1].issuer: \"https://a.example\" is there twice",
            })
    void mistakes_are_named(String issuers, String problem) {
        assertThatThrownBy(() -> read(issuers))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void people_sign_in_where_there_is_a_client() {
        assertThat(read("{ issuer: 'https://a.example:8443/realms/x', audience: x, client-id: web }")
                        .issuers()
                        .getFirst()
                        .signIn())
                .contains(new IssuerConfig.SignIn("a.example:8443", "web", List.of("openid", "profile")));
        assertThat(read("{ issuer: 'https://a.example', azp: [web], client-id: web, scopes: [a, b], name: Corp }")
                        .issuers()
                        .getFirst()
                        .signIn())
                .contains(new IssuerConfig.SignIn("Corp", "web", List.of("a", "b")));
    }

    @Test
    void nothing_is_said_of_what_is_right() {
        assertThat(catchThrowableOfType(
                        ConfigException.class, () -> read("{ issuer: corp, azp: x, jwks-url: 'http://k.example/' }")))
                .isNull();
        assertThat(read("").issuers()).isEmpty();
    }
}
