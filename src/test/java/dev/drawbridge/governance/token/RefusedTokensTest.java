package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeIdentityProvider;
import dev.drawbridge.fakes.SigningKey;
import dev.drawbridge.governance.Challenge;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers and misconfigured clients send. */
class RefusedTokensTest {
    private static TokenLab lab;
    private static FakeIdentityProvider provider;

    @BeforeAll
    static void start() {
        lab = new TokenLab(", azp: [chat], max-age: 1h");
        provider = lab.provider;
        assertThat(lab.caller(good(claims -> {})).name()).isEqualTo("anna");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static ObjectNode claims(Consumer<ObjectNode> change) {
        ObjectNode claims = provider.claims().put("azp", "chat");
        change.accept(claims);
        return claims;
    }

    private static String good(Consumer<ObjectNode> change) {
        return provider.key().token(claims(change));
    }

    private static String headed(Consumer<ObjectNode> change) {
        ObjectNode header = Json.object().put("alg", "RS256").put("kid", "first");
        change.accept(header);
        return provider.key().token(header, claims(claims -> {}));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -100, has expired",
        "nbf, 100, not valid yet",
        "iat, 100, issued in the future",
        "iat, -4000, issued too long ago"
    })
    void times(String claim, long fromNow, String why) {
        assertThat(lab.refusal(
                        good(claims -> claims.put(claim, claims.path("iat").asLong() + fromNow))))
                .contains(why);
    }

    @Test
    void a_token_without_an_end_or_with_times_that_are_none() {
        assertThat(lab.refusal(good(claims -> claims.remove("exp")))).contains("does not expire");
        assertThat(lab.refusal(good(claims -> claims.remove("iat")))).contains("too long ago");
        for (String claim : new String[] {"exp", "nbf", "iat"}) {
            assertThat(lab.refusal(good(claims -> claims.put(claim, "4102444800"))))
                    .contains("a time (" + claim);
            assertThat(lab.refusal(good(claims -> claims.put(claim, -1)))).contains("a time (" + claim);
            assertThat(lab.refusal(good(claims -> claims.put(claim, 1e300)))).contains("a time (" + claim);
        }
    }

    @Test
    void an_end_beyond_all_numbers() {
        String claims = claims(one -> one.remove("exp")).toString();
        String endless = claims.substring(0, claims.length() - 1) + ",\"exp\":" + "9".repeat(400) + "}";
        assertThat(lab.refusal(provider.key().token("{\"alg\":\"RS256\",\"kid\":\"first\"}", endless)))
                .isNotEmpty();
    }

    @Test
    void audiences_clients_and_issuers_of_others() {
        assertThat(lab.refusal(good(claims -> claims.put("aud", "account")))).contains("audience");
        assertThat(lab.refusal(good(claims -> claims.putArray("aud").add("a").add("drawbridge2"))))
                .contains("audience");
        assertThat(lab.refusal(good(claims -> claims.remove("aud")))).contains("audience");
        assertThat(lab.refusal(good(claims -> claims.put("azp", "game")))).contains("azp");
        assertThat(lab.refusal(good(claims -> claims.remove("azp")))).contains("azp");
        assertThat(lab.refusal(good(claims -> claims.put("iss", provider.issuer() + "/"))))
                .contains("issuer");
        assertThat(lab.refusal(good(claims -> claims.remove("iss")))).contains("issuer");
        assertThat(lab.refusal(good(claims -> claims.putArray("iss").add(provider.issuer()))))
                .contains("issuer");
    }

    @Test
    void nobody() {
        assertThat(lab.refusal(
                        good(claims -> claims.put("preferred_username", " ").remove("sub"))))
                .contains("does not name its user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "HS256", "HS512", "ES256K", "dir", "RSA-OAEP"})
    void algorithms_that_are_none_or_share_a_secret(String algorithm) {
        assertThat(lab.refusal(headed(header -> header.put("alg", algorithm)))).contains("algorithm");
    }

    @Test
    void no_signature() {
        String token = good(claims -> {});
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
        assertThat(lab.refusal(unsigned)).contains("signature is wrong");
        String none = SigningKey.encode("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + unsigned.substring(unsigned.indexOf('.'));
        assertThat(lab.refusal(none)).contains("algorithm");
    }

    @Test
    void a_public_key_as_a_shared_secret() throws Exception {
        String token = headed(header -> header.put("alg", "HS256"));
        String signed = token.substring(0, token.lastIndexOf('.'));
        for (byte[] secret : Arrays.asList(
                provider.key().pair().getPublic().getEncoded(),
                provider.key().pem().getBytes(StandardCharsets.UTF_8))) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertThat(lab.refusal(
                            signed + "." + SigningKey.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)))))
                    .contains("algorithm");
        }
    }

    @Test
    void an_algorithm_that_is_not_its_key_s() {
        for (String algorithm : new String[] {"ES256", "EdDSA", "PS256", "RS512"}) {
            assertThat(lab.refusal(headed(header -> header.put("alg", algorithm))))
                    .contains("key that its issuer does not list");
        }
    }

    @Test
    void changed_content() {
        String token = good(claims -> {});
        String other = good(claims -> claims.put("preferred_username", "root"));
        String[] parts = token.split("\\.", -1);
        assertThat(lab.refusal(parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2]))
                .contains("signature is wrong");
    }

    @Test
    void another_key_under_the_same_name() {
        assertThat(lab.refusal(SigningKey.of("first", "RS256").token(claims(claims -> {}))))
                .contains("signature is wrong");
    }

    @Test
    void keys_that_the_token_brings_along() {
        SigningKey own = SigningKey.of("mine", "RS256");
        try (FakeIdentityProvider thief = new FakeIdentityProvider()) {
            thief.publish(own);
            ObjectNode header = Json.object().put("alg", "RS256");
            header.set("jwk", own.jwk());
            header.put("jku", thief.keysUrl()).put("x5u", thief.keysUrl()).put("kid", "mine");

            assertThat(lab.refusal(own.token(header, claims(claims -> {})))).contains("does not list");
            header.put("kid", "first");
            assertThat(lab.refusal(own.token(header, claims(claims -> {})))).contains("signature is wrong");
            assertThat(thief.server().calls()).isEmpty();
        }
    }

    @Test
    void critical_extensions_and_other_types() {
        assertThat(lab.refusal(headed(
                        header -> header.put("b64", false).putArray("crit").add("b64"))))
                .contains("critical");
        assertThat(lab.refusal(headed(header -> header.putArray("crit")))).contains("critical");
        assertThat(lab.refusal(headed(header -> header.put("typ", "logout+jwt"))))
                .contains("type");
        assertThat(lab.refusal(headed(header -> header.putObject("typ")))).contains("type");
        assertThat(lab.refusal(headed(header -> header.putNull("typ")))).contains("type");
    }

    @Test
    void claims_that_are_there_twice() {
        String claims = claims(one -> {}).toString();
        String twice = claims.substring(0, claims.length() - 1) + ",\"preferred_username\":\"root\"}";
        assertThat(lab.refusal(provider.key().token("{\"alg\":\"RS256\",\"kid\":\"first\"}", twice)))
                .contains("cannot be read");
        assertThat(lab.refusal(provider.key().token("{\"alg\":\"RS256\",\"alg\":\"none\"}", claims)))
                .contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "null", "", "{", "{\"a\":}", "{} {}"})
    void what_is_no_object(String claims) {
        assertThat(lab.refusal(provider.key().token("{\"alg\":\"RS256\"}", claims)))
                .isNotEmpty();
        assertThat(lab.refusal(provider.key().token(claims, "{}"))).isNotEmpty();
    }

    @Test
    void too_much_and_too_deep() {
        assertThat(lab.refusal(good(claims -> claims.put("more", "x".repeat(16_000)))))
                .contains("too long");
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThat(lab.refusal(provider.key().token("{\"alg\":\"RS256\"}", deep)))
                .contains("too deeply");
        assertThat(lab.refusal("e.e.e.e")).contains("cannot be read");
        assertThat(lab.refusal("e..")).contains("cannot be read");
    }

    @Test
    void a_refusal_is_a_401_that_says_why_and_quotes_nothing() {
        GatewayException refusal = lab.refused(good(claims -> claims.put("aud", "secret-project")));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
        assertThat(refusal.code()).contains("invalid_token");
        assertThat(refusal).hasNoCause();
        assertThat(Challenge.of(refusal))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The token is not for this gateway: its"
                        + " audience (aud) is another\"");
    }

    @Test
    void keys_too_short() {
        try (TokenLab weak = new TokenLab()) {
            SigningKey key = SigningKey.of("short", "RS256", 1024);
            weak.provider.publish(key);
            assertThat(weak.refusal(key.token(weak.provider.claims()))).contains("signature is wrong");
        }
    }

    @Test
    void a_key_of_another_issuer() throws Exception {
        try (TokenLab two = new TokenLab();
                FakeIdentityProvider other = new FakeIdentityProvider()) {
            two.file.change(
                    two.yaml("").replace("}] }", "}, { issuer: '" + other.issuer() + "', audience: drawbridge }] }"));
            assertThat(two.caller(other.token()).id()).startsWith(other.issuer());

            assertThat(two.refusal(other.key().token(two.provider.claims()))).contains("signature is wrong");
            assertThat(two.refusal(two.provider.key().token(other.claims()))).contains("signature is wrong");
        }
    }
}
