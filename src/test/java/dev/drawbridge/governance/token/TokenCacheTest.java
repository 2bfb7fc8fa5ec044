package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    @Test
    void a_token_is_verified_once() {
        try (TokenLab lab = new TokenLab()) {
            String token = lab.provider.token();
            assertThat(lab.caller(token)).isSameAs(lab.caller(token));
        }
    }

    @Test
    void what_is_remembered_ends_with_the_token() {
        try (TokenLab lab = new TokenLab(", clock-skew: 0s")) {
            String token = lab.provider.token();
            lab.caller(token);
            lab.letPass(Duration.ofSeconds(295));
            lab.caller(token);
            lab.letPass(Duration.ofSeconds(10));
            assertThat(lab.refusal(token)).contains("has expired");
        }
    }

    @Test
    void what_is_remembered_ends_when_the_token_is_too_old() {
        try (TokenLab lab = new TokenLab(", clock-skew: 0s, max-age: 60s")) {
            String token = lab.provider.token();
            Caller before = lab.caller(token);
            lab.letPass(Duration.ofSeconds(50));
            assertThat(lab.caller(token)).isSameAs(before);
            lab.letPass(Duration.ofSeconds(15));
            assertThat(lab.refusal(token)).contains("too long ago");
        }
    }

    @Test
    void within_the_skew_it_is_verified_again() {
        try (TokenLab lab = new TokenLab()) {
            String token = lab.provider.token();
            Caller before = lab.caller(token);
            lab.letPass(Duration.ofSeconds(310));
            assertThat(lab.caller(token)).isNotSameAs(before);
            lab.letPass(Duration.ofSeconds(60));
            assertThat(lab.refusal(token)).contains("has expired");
        }
    }

    @Test
    void it_ends_with_the_configuration_too_but_not_the_keys() throws Exception {
        try (TokenLab lab = new TokenLab()) {
            String token = lab.provider.token();
            assertThat(lab.caller(token).roles()).containsExactly(Role.USER);
            lab.provider.goAway();

            lab.file.change(lab.yaml(", default-role: auditor"));
            assertThat(lab.caller(token).roles()).containsExactly(Role.AUDITOR);
            lab.file.change(lab.yaml("").replace("audience: drawbridge", "audience: other"));
            assertThat(lab.refusal(token)).contains("audience");
            lab.file.change("{}");
            assertThat(lab.tokens.expected()).isFalse();
            assertThat(lab.refusal(token)).contains("issuer");
        }
    }

    @Test
    void a_change_of_something_else_forgets_nothing() throws Exception {
        try (TokenLab lab = new TokenLab()) {
            Caller before = lab.caller(lab.provider.token());
            String token = lab.provider.token();
            Caller known = lab.caller(token);
            lab.file.change(lab.yaml("") + "retries: { attempts: 1 }\n");
            assertThat(lab.caller(token)).isSameAs(known);
            assertThat(before.name()).isEqualTo("anna");
        }
    }

    @Test
    void a_known_token_costs_microseconds() {
        try (TokenLab lab = new TokenLab()) {
            String token = lab.provider.key().token(lab.provider.claims().put("more", "x".repeat(1000)));
            long best = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < 2000; i++) {
                    lab.caller(token);
                }
                best = Math.min(best, (System.nanoTime() - start) / 2000);
            }
            System.getLogger("cost").log(System.Logger.Level.INFO, "a known token costs {0} ns", best);
            assertThat(best).isLessThan(10_000);
        }
    }
}
