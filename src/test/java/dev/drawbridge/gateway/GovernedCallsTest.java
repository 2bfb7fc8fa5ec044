package dev.drawbridge.gateway;

import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.Money;
import dev.drawbridge.usage.CallRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is laid down for a caller, from the first look at a call to its record. */
class GovernedCallsTest {
    private static final String CONFIG = """
            upstreams: [{name: a, kind: demo}, {name: b, kind: demo}]
            models:
              - {id: m, aliases: [nick], targets: [{upstream: a, model: at-a}], fallbacks: [other],
                 price: {currency: EUR, input: 2, output: 6}}
              - {id: other, targets: [{upstream: b, model: at-b}], price: {currency: EUR, input: 20, output: 60}}
              - {id: free, targets: [{upstream: b, model: at-free}]}
              - {id: short, targets: [{upstream: a, model: at-a}], max-tokens: {default: 500, limit: 2000},
                 price: {currency: EUR, input: 2, output: 6}}
              - {id: half, targets: [{upstream: a, model: at-a}], fallbacks: [free],
                 price: {currency: EUR, input: 2, output: 6}}
            retries: {attempts: 1}
            """;
    private static final String REPLY = "{'choices': [], 'usage': {'prompt_tokens': 10, 'completion_tokens': 20}}";

    private final ScriptedProvider provider = new ScriptedProvider()
            .answers("a", request -> new ModelReply(object(REPLY)))
            .answers("b", request -> new ModelReply(object(REPLY)));
    private final GatewayLab lab = new GatewayLab(CONFIG, provider);

    @AfterEach
    void close() {
        lab.close();
    }

    private static Chain budget(String amount) {
        BudgetTerms terms = new BudgetTerms(new BigDecimal(amount), "EUR", Period.TOTAL, 80);
        return new Chain(
                List.of(),
                List.of(),
                List.of(new ScopedBudget("b", Scope.ALL, terms, List.of())),
                Map.of("cost-centre", "4711"),
                Defaults.NONE);
    }

    private static Chain models(String... globs) {
        return new Chain(List.of(List.of(globs)), List.of(), List.of(), Map.of(), Defaults.NONE);
    }

    private Answer<ModelReply> ask(String model) {
        return lab.gateway.answer(
                GatewayLab.call("{'model': '%s', 'max_tokens': 20, 'messages': [{'role': 'user', 'content': 'Hello'}]}"
                        .formatted(model)));
    }

    private BudgetState standing() {
        assertThat(lab.budgets()).hasSize(1);
        return lab.budgets().getFirst();
    }

    @Test
    void a_call_is_priced_recorded_and_settled() {
        lab.with(budget("1"));
        ask("m");

        CallRecord record = lab.record();
        assertThat(record.cost().money()).contains(new Money(new BigDecimal("0.00014"), "EUR"));
        assertThat(record.cost().price()).isNotEmpty();
        assertThat(record.outcome().target()).isEqualTo("at-a");
        assertThat(record.labels()).containsEntry("cost-centre", "4711");
        assertThat(standing().spent()).isEqualByComparingTo("0.00014");
        assertThat(standing().reserved()).isEqualByComparingTo("0");
    }

    @Test
    void what_is_set_aside_is_the_dearest_that_may_happen() {
        // Enough for the model itself, not for its fallback.
        lab.with(budget("0.001"));
        assertThatThrownBy(() -> ask("m"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED));
        assertThat(provider.asked()).isEmpty();
        assertThat(lab.record().outcome().status()).isEqualTo(429);
        assertThat(lab.record().outcome().failure()).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(standing().reserved()).isEqualByComparingTo("0");
    }

    @Test
    void a_failed_call_gives_back_what_was_set_aside() {
        lab.with(budget("1"));
        provider.answers("a", request -> {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "no");
        });
        assertThatThrownBy(() -> ask("m")).hasMessage("no");
        assertThat(standing().spent()).isEqualByComparingTo("0");
        assertThat(standing().reserved()).isEqualByComparingTo("0");
        assertThat(lab.record().outcome().failure()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_price_that_nobody_knows_loses_no_answer() {
        lab.with(budget("1"));
        assertThat(ask("free").content().usage()).isPresent();
        assertThat(lab.record().cost()).isEqualTo(CallRecord.Cost.UNKNOWN);
        assertThat(lab.record().usage()).isPresent();
        assertThat(standing().spent()).isEqualByComparingTo("0");
    }

    @Test
    void a_fallback_that_has_no_price_hides_none_of_the_price_of_the_others() {
        lab.with(budget("0.0003"));
        ask("half");
        assertThatThrownBy(() -> ask("half"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED));
        assertThat(standing().spent()).isEqualByComparingTo("0.00014");
    }

    /** What is set aside for the answer while the call runs: a token costs 6 millionths. */
    private long tokensSetAside(String request) {
        BigDecimal[] reserved = {BigDecimal.ZERO};
        provider.answers("a", asked -> {
            reserved[0] = standing().reserved();
            return new ModelReply(object(REPLY));
        });
        lab.with(budget("1000"));
        lab.gateway.answer(GatewayLab.call(new CompletionRequest(object(request))));
        return reserved[0].movePointRight(6).longValue() / 6;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    'prompt': 'a', 'max_tokens': 1000 | 1000
                    'prompt': ['a', 'b', 'c'], 'max_tokens': 1000 | 3000
                    'prompt': ['a', 'b', 'c'], 'max_tokens': 1000, 'n': 2, 'best_of': 4 | 12000
                    'prompt': [7, 8, 9], 'max_tokens': 1000 | 1000
                    'prompt': [[7, 8], [9]], 'max_tokens': 1000 | 2000
                    'prompt': 'a', 'max_tokens': 4000 | 2000
                    'prompt': 'a', 'max_tokens': 4611686018427387904, 'n': 4 | 8000
                    'prompt': 'a' | 500
                    """)
    void as_much_is_set_aside_as_may_come(String request, long tokens) {
        long above = tokensSetAside("{'model': 'short', %s}".formatted(request)) - tokens;

        // And the prompt.
        assertThat(above).isBetween(0L, 60L);
    }

    @Test
    void an_answer_of_more_tokens_than_there_are_numbers_is_not_one_of_none() {
        lab.with(budget("1000"));
        assertThatThrownBy(() -> lab.gateway.answer(
                        GatewayLab.call("{'model': 'm', 'max_tokens': 4611686018427387904, 'n': 4, 'messages': []}")))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED));
    }

    @Test
    void models_of_others_do_not_exist_and_are_no_fallback() {
        lab.with(models("m"));
        assertThatThrownBy(() -> ask("other"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.MODEL_NOT_FOUND));
        provider.answers("a", request -> {
            throw new GatewayException(ErrorKind.UNREACHABLE, "down");
        });
        assertThatThrownBy(() -> ask("nick")).hasMessage("down");
        assertThat(provider.asked()).containsOnly("a/at-a");
    }

    @Test
    void limits_are_told_with_the_answer() {
        lab.with(new Chain(
                List.of(),
                List.of(new ScopedLimit("l", Scope.ALL, Map.of(Dimension.REQUESTS_PER_MINUTE, 1L))),
                List.of(),
                Map.of(),
                Defaults.NONE));
        assertThat(ask("m").headers()).containsEntry("x-ratelimit-remaining-requests", "0");
        assertThatThrownBy(() -> ask("m"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        failure -> assertThat(failure.retryAfter()).isPresent());
    }

    @Test
    void what_the_organisation_lays_down_is_put_in_where_the_caller_says_nothing() {
        lab.with(new Chain(
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Defaults("Be brief.", Map.of("temperature", 0.2, "max_tokens", 9))));
        ask("m");
        var sent = provider.requests().getFirst().json();
        assertThat(sent.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(sent.at("/messages/0/content").asText()).isEqualTo("Be brief.");
        assertThat(sent.at("/messages/1/content").asText()).isEqualTo("Hello");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(20);

        lab.gateway.answer(GatewayLab.call("{'model': 'm', 'messages': [{'role': 'developer', 'content': 'Own'}]}"));
        var own = provider.requests().getLast().json();
        assertThat(own.path("messages")).hasSize(1);
        assertThat(own.path("max_tokens").asInt()).isEqualTo(9);
    }
}
