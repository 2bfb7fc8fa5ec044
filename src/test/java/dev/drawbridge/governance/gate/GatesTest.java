package dev.drawbridge.governance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.config.governance.GateConfig;
import dev.drawbridge.config.governance.WebhookConfig;
import dev.drawbridge.fakes.FakeWebhooks;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.gate.Refusal.Kind;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
    private static final Question QUESTION = new Question(
            "req_1", "anna", new Account("k", "u", "p", "t"), Operation.CHAT, "gpt-4o", Map.of("cost-centre", "7"));

    private final FakeWebhooks webhooks = new FakeWebhooks();

    private Gates hook(boolean refuseOnFailure) {
        WebhookConfig hook = new WebhookConfig("hooks.before[0]", "http://policy/llm", "s3cret", Duration.ofSeconds(1));
        return new Gates(List.of(), () -> List.of(new GateConfig(hook, refuseOnFailure)), webhooks);
    }

    private static GatewayException refusal(Gates gates) {
        return Assertions.catchThrowableOfType(GatewayException.class, () -> gates.check(QUESTION));
    }

    @Test
    void a_bean_may_refuse_and_nobody_else_is_asked_then() {
        List<String> asked = new ArrayList<>();
        Gate no = question -> Optional.of(new Refusal(Kind.FORBIDDEN, question.caller() + " may not"));
        Gate later = question -> {
            asked.add("later");
            return Optional.empty();
        };

        GatewayException refusal = refusal(new Gates(List.of(no, later), List::of, webhooks));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(refusal.message()).isEqualTo("anna may not");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_address_is_told_who_asks_what_and_never_the_prompt() {
        hook(true).check(QUESTION);

        assertThat(webhooks.bodies)
                .containsExactly("{\"type\":\"before-call\",\"request\":\"req_1\",\"caller\":\"anna\",\"key\":\"k\","
                        + "\"user\":\"u\",\"project\":\"p\",\"team\":\"t\",\"operation\":\"chat\",\"model\":\"gpt-4o\","
                        + "\"labels\":{\"cost-centre\":\"7\"}}");
        assertThat(webhooks.asked.getFirst().secret()).isEqualTo("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|{}", "200|''", "204|''", "200|{\"allow\":true}"})
    void it_says_yes(int status, String body) {
        webhooks.answers(status, body);

        assertThatCode(() -> hook(true).check(QUESTION)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"allow\":false}|FORBIDDEN|The call is not allowed",
                "200|{\"allow\":false,\"reason\":\"no\",\"kind\":\"quota-exhausted\"}|QUOTA_EXHAUSTED|no",
                "200|{\"allow\":false,\"kind\":\"rate-limited\"}|RATE_LIMITED|The call is not allowed",
                "200|{\"allow\":false,\"kind\":\"content-filter\"}|CONTENT_FILTER|The call is not allowed",
                "402|''|QUOTA_EXHAUSTED|The call is not allowed",
                "403|{\"reason\":\"not you\"}|FORBIDDEN|not you",
                "429|''|RATE_LIMITED|The call is not allowed",
            })
    void it_says_no(int status, String body, ErrorKind kind, String message) {
        webhooks.answers(status, body);

        GatewayException refusal = refusal(hook(false));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.message()).isEqualTo(message);
    }

    @Test
    void it_may_say_when_to_come_again() {
        webhooks.answers(429, "{\"retry-after\":30}");

        assertThat(refusal(hook(true)).retryAfter()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "404", "200 no json"})
    void while_it_does_not_answer_calls_are_refused_or_not_as_configured(String trouble) {
        int status = Integer.parseInt(trouble.substring(0, 3));
        if (status == 500) {
            webhooks.fails(new IllegalStateException("away"));
        } else {
            webhooks.answers(status, status == 200 ? "<html>" : "");
        }

        GatewayException refusal = refusal(hook(true));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.NO_CAPACITY);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThatCode(() -> hook(false).check(QUESTION)).doesNotThrowAnyException();
    }
}
