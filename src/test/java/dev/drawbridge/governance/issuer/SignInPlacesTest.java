package dev.drawbridge.governance.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.fakes.MapConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInPlacesTest {
    private static final String ISSUER = "https://sso.example.com";
    private static final URI TOKEN = URI.create("https://tokens.example.com:8443/token");

    private static List<Issuer> issuers(String... more) {
        List<String> all = new ArrayList<>(List.of("mp.jwt.verify.issuer", ISSUER));
        all.addAll(List.of(more));
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < all.size(); i += 2) {
            properties.put(all.get(i), all.get(i + 1));
        }
        return new Issuers(new MapConfig(properties)).with(new IdentityConfig(List.of()));
    }

    private static List<Issuer> withClient() {
        return issuers("drawbridge.signin.client-id", "web");
    }

    private static String document(String issuer, String token) {
        return "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth\",\"token_endpoint\":\"%s\"}"
                .formatted(issuer, ISSUER, token);
    }

    private static Documents saying(String document) {
        return (address, connection) -> document;
    }

    @Test
    void an_issuer_without_a_client_is_no_place() {
        assertThat(new SignInPlaces(() -> issuers(), saying("")).all()).isEmpty();
    }

    @Test
    void a_place_has_the_endpoints_that_the_provider_tells_and_their_origins() {
        SignInPlace place = new SignInPlaces(SignInPlacesTest::withClient, saying(document(ISSUER, TOKEN.toString())))
                .all()
                .getFirst();

        assertThat(place.client())
                .isEqualTo(new IssuerConfig.SignIn("sso.example.com", "web", List.of("openid", "profile")));
        assertThat(place.endpoints())
                .contains(new SignInPlace.Endpoints(URI.create(ISSUER + "/auth"), TOKEN, Optional.empty()));
        assertThat(place.origins()).containsExactly(ISSUER, "https://tokens.example.com:8443");
    }

    @Test
    void words_of_microprofile_config_count() {
        assertThat(issuers(
                                "drawbridge.signin.client-id",
                                "web",
                                "drawbridge.signin.scopes",
                                "openid,offline_access",
                                "drawbridge.signin.name",
                                "Corp")
                        .getFirst()
                        .rules()
                        .signIn())
                .contains(new IssuerConfig.SignIn("Corp", "web", List.of("openid", "offline_access")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sso.example.com/token",
                "javascript:alert(1)",
                "https:///token",
                "/token",
                "",
            })
    void an_endpoint_that_cannot_be_trusted_is_none(String token) {
        assertThat(new SignInPlaces(SignInPlacesTest::withClient, saying(document(ISSUER, token)))
                        .all()
                        .getFirst()
                        .endpoints())
                .isEmpty();
    }

    @Test
    void the_document_of_another_issuer_is_none() {
        assertThat(new SignInPlaces(SignInPlacesTest::withClient, saying(document("https://evil.example", "x")))
                        .all()
                        .getFirst()
                        .endpoints())
                .isEmpty();
    }

    @Test
    void the_provider_is_asked_once_for_many_who_want_to_know() {
        AtomicInteger asked = new AtomicInteger();
        SignInPlaces places = new SignInPlaces(SignInPlacesTest::withClient, (address, connection) -> {
            asked.incrementAndGet();
            return document(ISSUER, TOKEN.toString());
        });
        for (int i = 0; i < 10; i++) {
            assertThat(places.all().getFirst().endpoints()).isPresent();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void what_is_known_stays_while_the_provider_is_away() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        SignInPlace.Endpoints good = new SignInPlace.Endpoints(TOKEN, TOKEN, Optional.empty());
        KnownEndpoints endpoints = new KnownEndpoints(
                ISSUER,
                () -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new IllegalStateException("away");
                    }
                    return good;
                },
                new KnownEndpoints.Pace(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5)));

        assertThat(endpoints.current()).contains(good);
        while (asked.get() < 3) {
            assertThat(endpoints.current()).contains(good);
            Thread.sleep(5);
        }
    }
}
