package dev.drawbridge.rest.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.browser.Chromium;
import dev.drawbridge.browser.Tab;
import dev.drawbridge.fakes.FakeAuthorization;
import dev.drawbridge.fakes.FakeIdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sign-in pages in a real browser, against an identity provider that checks what real ones check. */
class SignInPagesTest {
    /** And back at the page. */
    private static final String SIGNED_IN = "sessionStorage.getItem('drawbridge.session') && document.title === 'Docs'";

    private static final String MODULE = "import('/signin/signin.js').then(async (m) => %s)";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path profile;

    private static FakeIdentityProvider provider;
    private static PageServer gateway;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(profile);
        provider = new FakeIdentityProvider();
        gateway = new PageServer(List.of(provider.issuer()));
        authorization().register(gateway.url("/signin/"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            gateway.close();
            provider.close();
        }
    }

    @BeforeEach
    void behave() {
        authorization().behave();
    }

    private static FakeAuthorization authorization() {
        return provider.authorization();
    }

    /** What the module's function comes to. */
    private static String module(Tab tab, String call) {
        return tab.run(MODULE.formatted(call)).asText();
    }

    private static Tab signedIn() {
        Tab tab = chromium.open(gateway.url("/signin/"));
        return tab.await("document.querySelector('#issuers button')")
                .click("#issuers button")
                .await(SIGNED_IN);
    }

    @Test
    void people_sign_in_and_see_who_they_are_and_sign_out() {
        try (Tab tab = signedIn()) {
            assertThat(module(tab, "m.user().name")).isEqualTo("Anna Beispiel Ω");
            assertThat(module(tab, "m.token()")).startsWith("ey");
            assertThat(tab.run("document.cookie").asText()).isEmpty();

            tab.go(gateway.url("/signin/")).await("!document.querySelector('#who').hidden");
            assertThat(tab.text("#who")).contains("anna", "user", "research, web");

            tab.click("#out")
                    .await("document.querySelector('#issuers button') && !document.querySelector('#choice').hidden");
            assertThat(tab.run("sessionStorage.length").asInt()).isZero();
            assertThat(provider.server().lastCall().path()).contains("/logout?", "id_token_hint=ey");
            assertThat(authorization().refusals()).isEmpty();
            assertThat(tab.complaints()).allMatch(text -> text.contains("401"));
        }
    }

    @Test
    void the_way_back_leads_to_the_page_and_hides_the_code() {
        try (Tab tab = chromium.open(gateway.url("/docs/?a=b#c"))) {
            tab.run("void " + MODULE.formatted("m.signIn()"));
            tab.await(SIGNED_IN);

            assertThat(tab.run("location.href").asText()).isEqualTo(gateway.url("/docs/?a=b#c"));
            assertThat(module(tab, "m.token()")).startsWith("ey");
            assertThat(gateway.server().calls())
                    .allSatisfy(call -> assertThat(call.headers().getOrDefault("referer", ""))
                            .isEmpty());
        }
    }

    @Test
    void only_a_challenge_leaves_and_a_verifier_follows() {
        try (Tab tab = signedIn()) {
            String authorize = tab.requests().stream()
                    .filter(url -> url.contains("/auth?"))
                    .findFirst()
                    .orElseThrow();
            assertThat(authorize)
                    .contains("code_challenge_method=S256", "scope=openid+profile", "response_type=code", "nonce=")
                    .doesNotContain("verifier");
            assertThat(tab.complaints()).allMatch(text -> text.contains("401"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state, another, was not begun in this tab",
        "state, '', was not begun in this tab",
        "iss, https://evil.example, another identity provider",
        "nonce, another, belongs to another sign-in",
        "code, code-of-another, the code is not good any more",
        "code, '', sent no code",
    })
    void an_answer_that_is_not_the_right_one_is_refused(String name, String value, String words) {
        authorization().answer(name, value);
        try (Tab tab = chromium.open(gateway.url("/signin/"))) {
            tab.await("document.querySelector('#issuers button')")
                    .click("#issuers button")
                    .await("document.querySelector('[role=alert].problem')?.textContent");

            assertThat(tab.text("#status")).contains(words);
            assertThat(tab.run("document.querySelector('#again a').href").asText())
                    .isEqualTo(gateway.url("/signin/"));
            assertThat(tab.run("sessionStorage.length").asInt()).isZero();
            assertThat(tab.run("location.search").asText()).isEmpty();
        }
    }

    @Test
    void what_the_provider_refuses_is_said() {
        try (Tab tab = chromium.open(
                gateway.url("/signin/callback.html?error=access_denied&error_description=%3Cb%3ENo%3C/b%3E&state=x"))) {
            tab.await("document.querySelector('[role=alert].problem')?.textContent");
            assertThat(tab.text("#status")).contains("was not begun in this tab");
        }
        authorization().answer("code", "");
        authorization().answer("error_description", "<b>You may not</b>");
        try (Tab tab = chromium.open(gateway.url("/signin/"))) {
            tab.await("document.querySelector('#issuers button')").click("#issuers button");
            tab.await("document.querySelector('[role=alert].problem')?.textContent");
            assertThat(tab.text("#status")).isEqualTo("<b>You may not</b>");
        }
    }

    @Test
    void a_stolen_code_is_worth_nothing_without_the_verifier() {
        try (Tab tab = chromium.open(gateway.url("/signin/"))) {
            tab.run(
                    "Storage.prototype.setItem = ((set) => function (n, v) {"
                            + " set.call(this, n, v.replace(/\"verifier\":\"[^\"]*\"/, '\"verifier\":\"guessed\"')); })(Storage.prototype.setItem)");
            tab.await("document.querySelector('#issuers button')").click("#issuers button");
            tab.await("document.querySelector('[role=alert].problem')?.textContent");

            assertThat(tab.text("#status")).isEqualTo("code_challenge is wrong");
            assertThat(authorization().refusals()).containsExactly("code_challenge is wrong");
        }
    }

    @Test
    void an_old_token_is_refreshed_once_for_all_who_ask() {
        authorization().life(1);
        try (Tab tab = signedIn()) {
            int before = authorization().issued();
            authorization().life(300);
            tab.rest(Duration.ofSeconds(1));

            assertThat(module(tab, "new Set(await Promise.all([m.token(), m.token(), m.token()])).size"))
                    .isEqualTo("1");
            assertThat(authorization().issued()).isEqualTo(before + 1);
            assertThat(module(tab, "m.user().name")).isEqualTo("Anna Beispiel Ω");
        }
    }

    @Test
    void without_a_good_refresh_token_nobody_is_signed_in() {
        authorization().life(1);
        try (Tab tab = signedIn()) {
            authorization().forgetPeople();
            tab.rest(Duration.ofSeconds(1));

            assertThat(module(tab, "m.token()")).isEqualTo("null");
            assertThat(tab.run("sessionStorage.length").asInt()).isZero();
        }
    }

    @Test
    void a_provider_that_is_away_costs_nobody_the_session() {
        authorization().life(1);
        try (Tab tab = signedIn()) {
            authorization().goAway();
            tab.rest(Duration.ofSeconds(1));
            assertThat(module(tab, "m.token()")).contains("is away");

            authorization().behave();
            assertThat(module(tab, "m.token()")).startsWith("ey");
        }
    }

    @Test
    void a_call_after_the_token_was_refused_has_a_new_one() {
        try (Tab tab = signedIn()) {
            String first = module(tab, "m.token()");
            gateway.refuse(first);
            tab.run("Date.now = ((now) => () => now() + 61000)(Date.now)");

            assertThat(module(tab, "(await m.fetch('/admin/v1/me', { method: 'POST', body: 'x' })).status"))
                    .isEqualTo("200");
            assertThat(gateway.server().lastCall().body()).isEqualTo("x");
            assertThat(module(tab, "m.token()")).startsWith("ey").isNotEqualTo(first);
        }
    }

    @Test
    void a_new_token_that_is_refused_is_not_replaced_for_ever() {
        try (Tab tab = signedIn()) {
            gateway.refuse(module(tab, "m.token()"));
            int before = authorization().issued();
            assertThat(module(tab, "(await m.fetch('/admin/v1/me')).status")).isEqualTo("401");
            assertThat(authorization().issued()).isEqualTo(before);
        }
    }

    @Test
    void whoever_is_not_signed_in_is_sent_to_do_so() {
        try (Tab tab = chromium.open(gateway.url("/docs/?a=b"))) {
            tab.run("void " + MODULE.formatted("m.fetch('/admin/v1/me')"));
            tab.await(SIGNED_IN);
            assertThat(module(tab, "(await m.fetch('/admin/v1/me')).status")).isEqualTo("200");
        }
    }

    @Test
    void tokens_go_nowhere_else_and_no_link_leads_elsewhere() {
        try (Tab tab = signedIn()) {
            assertThat(module(tab, "m.fetch('https://evil.example/')")).contains("nobody but the gateway");
            assertThat(module(tab, "m.fetch('" + provider.keysUrl() + "')")).contains("nobody but the gateway");
            assertThat(module(tab, "m.ownPage('//evil.example/a')")).isEqualTo(gateway.url("/signin/"));
            assertThat(module(tab, "m.ownPage('javascript:alert(1)')")).isEqualTo(gateway.url("/signin/"));

            tab.go(gateway.url("/signin/?return=https%3A%2F%2Fevil.example%2F"))
                    .await("!document.querySelector('#who').hidden");
            assertThat(tab.run("document.querySelector('#onward').href").asText())
                    .isEqualTo(gateway.url("/signin/"));
        }
    }

    @Test
    void the_policy_forbids_scripts_in_pages_and_other_origins() {
        try (Tab tab = chromium.open(gateway.url("/signin/"))) {
            tab.await("document.querySelector('#issuers button')");
            tab.run(
                    "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.bad = 1' }))");
            assertThat(tab.run("window.bad").isMissingNode()).isTrue();
            assertThat(tab.run("fetch('https://evil.example/')").asText()).contains("TypeError");
            assertThat(tab.complaints()).anyMatch(text -> text.contains("Content Security Policy"));
        }
    }
}
