package dev.drawbridge.rest.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.browser.Chromium;
import dev.drawbridge.browser.Tab;
import dev.drawbridge.fakes.FakeIdentityProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The sign-in page without an issuer, with several, and with one that cannot be reached. */
class KeyPagesTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path profile;

    private static void give(Tab tab, String key) {
        tab.run("document.querySelector('#key').value = '" + key + "'");
        tab.click("#with-key button");
    }

    @Test
    void a_key_will_do_where_there_is_no_issuer() {
        try (Chromium chromium = Chromium.start(profile);
                PageServer gateway = new PageServer(List.of());
                Tab tab = chromium.open(gateway.url("/signin/"))) {
            tab.await("!document.querySelector('#choice').hidden");
            assertThat(tab.run("document.querySelectorAll('#issuers button').length")
                            .asInt())
                    .isZero();

            give(tab, "sk-db-wrong");
            tab.await("!document.querySelector('#problem').hidden");
            assertThat(tab.text("#problem")).isEqualTo("The gateway does not know this key.");
            assertThat(tab.run("sessionStorage.length").asInt()).isZero();

            give(tab, "sk-db-good");
            tab.await("document.title === 'Docs'");
            assertThat(tab.run("import('/signin/signin.js').then((m) => m.token())")
                            .asText())
                    .isEqualTo("sk-db-good");
        }
    }

    @Test
    void people_choose_among_issuers_and_one_that_is_away_hinders_nobody() {
        try (Chromium chromium = Chromium.start(profile);
                FakeIdentityProvider one = new FakeIdentityProvider();
                FakeIdentityProvider other = new FakeIdentityProvider();
                PageServer gateway = new PageServer(List.of(one.issuer(), other.issuer()))) {
            other.authorization().register(gateway.url("/signin/"));
            one.goAway();
            try (Tab tab = chromium.open(gateway.url("/docs/?a=b"))) {
                tab.run("void import('/signin/signin.js').then((m) => m.fetch('/admin/v1/me'))");
                tab.await("document.querySelectorAll('#issuers button').length === 2");

                tab.click("#issuers li:first-child button").await("!document.querySelector('#problem').hidden");
                assertThat(tab.text("#problem")).endsWith("cannot be reached now.");
                tab.click("#issuers li:last-child button").await("document.title === 'Docs'");
                assertThat(tab.run("location.search").asText()).isEqualTo("?a=b");
            }
        }
    }

    @Test
    void browsers_find_an_issuer_that_the_gateway_does_not_reach() {
        try (Chromium chromium = Chromium.start(profile);
                FakeIdentityProvider one = new FakeIdentityProvider();
                PageServer gateway = new PageServer(List.of(one.issuer()))) {
            one.authorization().register(gateway.url("/signin/"));
            one.goAway();
            try (Tab tab = chromium.open(gateway.url("/signin/"))) {
                tab.await("document.querySelector('#issuers button')");
                one.comeBack();
                tab.click("#issuers button").await("document.title === 'Docs'");
                assertThat(tab.requests()).anyMatch(url -> url.endsWith("/.well-known/openid-configuration"));
            }
        }
    }
}
