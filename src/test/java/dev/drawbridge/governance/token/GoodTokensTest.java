package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeIdentityProvider;
import dev.drawbridge.fakes.SigningKey;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.inference.Json;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodTokensTest {
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void every_asymmetric_algorithm_is_verified(String algorithm) {
        try (TokenLab lab = new TokenLab()) {
            SigningKey key = SigningKey.of("one", algorithm);
            lab.provider.publish(key);

            Caller caller = lab.caller(key.token(lab.provider.claims()));

            assertThat(caller.name()).isEqualTo("anna");
            assertThat(caller.id()).isEqualTo(lab.provider.issuer() + "#3c0b6a1e");
            assertThat(caller.kind()).isEqualTo(Caller.Kind.TOKEN);
            assertThat(caller.roles()).containsExactly(Role.USER);
            assertThat(caller.teams()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"JWT", "at+jwt", "application/at+jwt", "jwt"})
    void types_of_access_tokens_are_taken(String type) {
        try (TokenLab lab = new TokenLab()) {
            ObjectNode header =
                    Json.object().put("alg", "RS256").put("kid", "first").put("typ", type);

            assertThat(lab.caller(lab.provider.key().token(header, lab.provider.claims()))
                            .name())
                    .isEqualTo("anna");
        }
    }

    @Test
    void a_token_without_a_type_or_key_id_is_tried_with_all_keys() {
        try (TokenLab lab = new TokenLab()) {
            lab.provider.publish(SigningKey.of("other", "RS256"), SigningKey.of("curve", "ES256"), lab.provider.key());

            assertThat(lab.caller(lab.provider.key().token(Json.object().put("alg", "RS256"), lab.provider.claims()))
                            .name())
                    .isEqualTo("anna");
        }
    }

    @Test
    void clocks_may_differ_a_little() {
        try (TokenLab lab = new TokenLab(", clock-skew: 30s")) {
            ObjectNode claims = lab.provider.claims();
            long now = claims.path("iat").asLong();
            claims.put("exp", now - 20).put("nbf", now + 20).put("iat", now + 20);

            assertThat(lab.caller(lab.provider.key().token(claims)).name()).isEqualTo("anna");
        }
    }

    @Test
    void one_of_several_audiences_is_enough_and_so_is_one_of_several_clients() {
        try (TokenLab lab = new TokenLab(", azp: [chat, jupyter]")) {
            ObjectNode claims = lab.provider.claims().put("azp", "jupyter");
            claims.putArray("aud").add("account").add(FakeIdentityProvider.AUDIENCE);

            assertThat(lab.caller(lab.provider.key().token(claims)).name()).isEqualTo("anna");
            for (String claim : new String[] {"client_id", "appid", "cid"}) {
                assertThat(lab.caller(lab.provider
                                        .key()
                                        .token(lab.provider.claims().put(claim, "chat")))
                                .name())
                        .isEqualTo("anna");
            }
        }
    }

    @Test
    void keys_may_be_where_the_configuration_says() throws Exception {
        try (TokenLab lab = new TokenLab();
                FakeIdentityProvider other = new FakeIdentityProvider()) {
            other.server().on("/realms/corp/.well-known/openid-configuration", 500, "");
            String yaml =
                    "identity: { issuers: [{ issuer: somebody, azp: chat, jwks-url: '" + other.keysUrl() + "' }] }";
            lab.file.change(yaml);

            assertThat(lab.caller(other.key()
                                    .token(other.claims().put("iss", "somebody").put("azp", "chat")))
                            .id())
                    .isEqualTo("somebody#3c0b6a1e");
        }
    }

    @Test
    void the_principal_is_microprofile_s() {
        try (TokenLab lab = new TokenLab()) {
            ObjectNode claims = lab.provider.claims().put("jti", "7").put("email_verified", true);
            claims.putArray("groups").add("research");
            claims.putObject("realm_access")
                    .putArray("roles")
                    .add("dev")
                    .addNull()
                    .add(1)
                    .add(1.5);
            String raw = lab.provider.key().token(claims);

            JsonWebToken principal = (JsonWebToken) lab.caller(raw).principal().orElseThrow();

            assertThat(principal.getName()).isEqualTo("anna");
            assertThat(principal.getIssuer()).isEqualTo(lab.provider.issuer());
            assertThat(principal.getSubject()).isEqualTo("3c0b6a1e");
            assertThat(principal.getTokenID()).isEqualTo("7");
            assertThat(principal.getAudience()).containsExactly("drawbridge");
            assertThat(principal.getGroups()).containsExactly("research");
            assertThat(principal.getExpirationTime())
                    .isEqualTo(claims.path("exp").asLong());
            assertThat(principal.getRawToken()).isEqualTo(raw);
            assertThat(principal.getClaimNames()).contains("iss", "realm_access", "raw_token");
            assertThat(principal.<Boolean>claim("email_verified")).contains(true);
            assertThat(principal.<Object>getClaim("none")).isNull();
            JsonObject access = principal.getClaim("realm_access");
            assertThat(access.toString()).isEqualTo("{\"roles\":[\"dev\",null,1,1.5]}");
            assertThat(principal.toString()).isEqualTo("anna");
        }
    }
}
