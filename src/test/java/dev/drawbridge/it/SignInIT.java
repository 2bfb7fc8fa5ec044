package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.browser.Chromium;
import dev.drawbridge.browser.Tab;
import dev.drawbridge.fakes.FakeIdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in at the shipped WAR with a real browser. */
class SignInIT {
    private static final String LIST_MODELS = "#operations-Models-listModels";
    private static final String ANSWER = " .live-responses-table tbody .response-col_status";
    private static final FakeIdentityProvider PROVIDER = new FakeIdentityProvider();

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path profile;

    private static BareServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "it", "sign-in"));
        Files.writeString(folder.resolve("drawbridge.yaml"), """
                upstreams: [{ name: demo, kind: demo }]
                identity:
                  issuers:
                    - { issuer: "%s", audience: drawbridge, client-id: drawbridge-web, name: Corp }
                """.formatted(PROVIDER.issuer()));
        server = BareServer.start("sign-in", "127.0.0.1:1", List.of());
        PROVIDER.authorization().register(server.url("/signin/"));
    }

    @AfterAll
    static void stop() {
        server.close();
        PROVIDER.close();
    }

    @Test
    void pages_learn_where_people_sign_in() {
        Http.Reply reply = Http.get(server.url("/auth/issuers"));
        assertThat(reply.status()).isEqualTo(200);
        JsonNode place = reply.json().at("/data/0");
        assertThat(place.path("name").asText()).isEqualTo("Corp");
        assertThat(place.path("issuer").asText()).isEqualTo(PROVIDER.issuer());
        assertThat(place.path("client_id").asText()).isEqualTo("drawbridge-web");
        assertThat(place.path("scopes")).extracting(JsonNode::asText).containsExactly("openid", "profile");
        assertThat(place.path("token_endpoint").asText()).startsWith(PROVIDER.issuer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin/", "/signin/callback.html", "/signin/signin.js", "/docs/"})
    void pages_come_with_a_strict_policy(String path) {
        Http.Reply reply = Http.get(server.url(path));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-security-policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("connect-src 'self' " + PROVIDER.server().url() + ";")
                .doesNotContain("unsafe");
        assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(reply.body()).doesNotContain("${");
    }

    @Test
    void people_sign_in_at_the_page_on_the_api_and_call_it() {
        try (Chromium chromium = Chromium.start(profile);
                Tab tab = chromium.open(server.url("/docs/"))) {
            tab.await("document.querySelector('.opblock') && !document.querySelector('#sign-in').hidden");
            assertThat(tab.complaints()).isEmpty();
            tab.click("#sign-in")
                    .await("document.querySelector('#who')?.textContent === 'Signed in: Anna Beispiel Ω'")
                    .await("document.querySelector('.opblock-tag-section')")
                    .await("document.querySelector('.authorize.locked, .auth-wrapper .locked')");

            assertThat(tab.run("import('/signin/signin.js').then(async (m) => (await m.fetch('/v1/models')).status)")
                            .asInt())
                    .isEqualTo(200);
            assertThat(tab.run("fetch('/v1/models').then((answer) => answer.status)")
                            .asInt())
                    .isEqualTo(401);

            tab.click(LIST_MODELS + " .opblock-summary-control")
                    .await("document.querySelector('" + LIST_MODELS + " .execute')")
                    .click(LIST_MODELS + " .execute")
                    .await("document.querySelector('" + LIST_MODELS + ANSWER + "')");
            assertThat(tab.text(LIST_MODELS + ANSWER)).startsWith("200");

            tab.go(server.url("/signin/")).await("!document.querySelector('#who').hidden");
            assertThat(tab.text("#name")).isNotEmpty();
            tab.click("#out").await("!document.querySelector('#choice').hidden");
            assertThat(tab.run("sessionStorage.length").asInt()).isZero();
        }
    }
}
