package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.limited;
import static dev.drawbridge.governance.permit.Bench.used;
import static dev.drawbridge.governance.rule.Dimension.INPUT_TOKENS_PER_HOUR;
import static dev.drawbridge.governance.rule.Dimension.IN_FLIGHT;
import static dev.drawbridge.governance.rule.Dimension.OUTPUT_TOKENS_PER_MINUTE;
import static dev.drawbridge.governance.rule.Dimension.REQUESTS_PER_DAY;
import static dev.drawbridge.governance.rule.Dimension.REQUESTS_PER_MINUTE;
import static dev.drawbridge.governance.rule.Dimension.TOKENS_PER_DAY;
import static dev.drawbridge.governance.rule.Dimension.TOKENS_PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private final Bench bench = new Bench();

    private static Chain requests(long most) {
        return limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, most));
    }

    private int admitted(Chain chain, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += bench.refusal(chain, call()).isEmpty() ? 1 : 0;
        }
        return admitted;
    }

    private GatewayException refused(Chain chain, Demand demand) {
        return bench.refusal(chain, demand).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 60, 1000, 59_999})
    void as_many_calls_as_the_limit_says_come_in_at_once_and_no_more(long most) {
        assertThat(admitted(requests(most), (int) most + 10)).isEqualTo((int) most);
    }

    @Test
    void places_come_back_evenly() {
        Chain chain = requests(60);
        admitted(chain, 60);

        bench.pass(Duration.ofSeconds(10));

        assertThat(admitted(chain, 60)).isEqualTo(10);
    }

    @Test
    void a_limit_of_nothing_lets_nobody_in() {
        assertThat(refused(requests(0), call()).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void a_refusal_says_what_is_short_and_for_how_long() {
        Chain chain = requests(60);
        admitted(chain, 60);
        bench.pass(Duration.ofMillis(400));

        GatewayException refusal = refused(chain, call());

        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.code()).contains("requests");
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(600));
        assertThat(refusal.message())
                .isEqualTo("Rate limit reached for this team: 60 requests per minute; try again in 600 ms");
        assertThat(refusal.headers())
                .containsEntry("x-ratelimit-limit-requests", "60")
                .containsEntry("x-ratelimit-remaining-requests", "0")
                .containsEntry("x-ratelimit-reset-requests", "59.6s");
    }

    @Test
    void answers_tell_the_limit_that_is_nearest_to_its_end() {
        Chain chain =
                limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 60L, REQUESTS_PER_DAY, 10L, TOKENS_PER_MINUTE, 6000L));

        Permit permit = bench.admit(chain, call(100, 200));

        assertThat(permit.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "x-ratelimit-limit-requests", "10",
                        "x-ratelimit-remaining-requests", "9",
                        "x-ratelimit-reset-requests", "2h24m0s",
                        "x-ratelimit-limit-tokens", "6000",
                        "x-ratelimit-remaining-tokens", "5700",
                        "x-ratelimit-reset-tokens", "3s"));
    }

    @Test
    void what_is_not_used_is_given_back() {
        Chain chain = limited(Bench.TEAM, Map.of(TOKENS_PER_MINUTE, 1000L));
        Permit permit = bench.admit(chain, call(100, 900));
        assertThat(bench.refusal(chain, call(1, 1))).isPresent();

        permit.settle(used(100, 50));

        assertThat(bench.refusal(chain, call(50, 800))).isEmpty();
        assertThat(bench.refusal(chain, call(1, 0))).isPresent();
    }

    @Test
    void a_failed_call_has_not_been() {
        Chain chain = limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 1L, TOKENS_PER_MINUTE, 100L, IN_FLIGHT, 1L));
        Permit permit = bench.admit(chain, call(50, 50));

        permit.release();
        permit.release();
        permit.settle(used(1000, 1000));

        Permit next = bench.admit(chain, call(50, 50));
        assertThat(next.headers()).containsEntry("x-ratelimit-remaining-requests", "0");
        assertThat(bench.refusal(chain, call(50, 50))).isPresent();
    }

    @Test
    void who_used_more_than_was_expected_stands_in_debt() {
        Chain chain = limited(Bench.TEAM, Map.of(OUTPUT_TOKENS_PER_MINUTE, 60L));
        Permit permit = bench.admit(chain, new Bench.Wish(5, 5, 10, false));

        permit.settle(used(5, 120));

        // 60 too many, and one to be let in with.
        assertThat(refused(chain, new Bench.Wish(5, 5, 10, false)).retryAfter()).contains(Duration.ofSeconds(61));
    }

    @Test
    void a_call_larger_than_the_limit_passes_when_nothing_is_taken() {
        Chain chain = limited(Bench.TEAM, Map.of(TOKENS_PER_MINUTE, 1000L));

        Permit permit = bench.admit(chain, call(5000, 1000));
        permit.settle(used(5000, 400));

        GatewayException refusal = refused(chain, call(5000, 1000));
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5 * 60 + 24));
        bench.pass(refusal.retryAfter().orElseThrow());
        assertThat(bench.refusal(chain, call(5000, 1000))).isEmpty();
    }

    @Test
    void of_an_answer_of_unknown_length_as_much_is_taken_as_there_is() {
        Chain chain = limited(Bench.TEAM, Map.of(TOKENS_PER_MINUTE, 1000L));

        Permit permit = bench.admit(chain, new Bench.Wish(100, 100, 4096, false));

        assertThat(permit.headers()).containsEntry("x-ratelimit-remaining-tokens", "0");
        permit.settle(used(100, 50));
        assertThat(bench.admit(chain, call(50, 50)).headers()).containsEntry("x-ratelimit-remaining-tokens", "750");
    }

    @Test
    void the_prompt_is_counted_only_when_it_matters() {
        Chain chain = limited(Bench.TEAM, Map.of(INPUT_TOKENS_PER_HOUR, 10_000L, REQUESTS_PER_MINUTE, 4L));
        List<String> counted = new ArrayList<>();
        Demand demand = new CountingDemand(new Bench.Wish(1000, 300, 10, true), counted);

        bench.admit(chain, demand);
        bench.admit(chain, demand);
        bench.admit(chain, demand);
        assertThat(counted).isEmpty();
        bench.admit(chain, demand);
        assertThat(counted).hasSize(1);
        assertThat(bench.refusal(chain, demand)).isPresent();

        // Too many requests: then nobody counts tokens.
        assertThat(counted).hasSize(1);
    }

    @Test
    void a_call_waits_for_the_limit_that_is_short_longest_also_if_its_prompt_has_to_be_counted_for_that() {
        Chain chain = limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 1L, TOKENS_PER_DAY, 8640L));
        bench.admit(chain, call(8000, 640));

        // Ten tokens come back in 100 seconds, the request in 60.
        GatewayException refusal = refused(chain, new Bench.Wish(3000, 10, 0, true));

        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(100));
        assertThat(refusal.code()).contains("tokens");
        bench.pass(Duration.ofMillis(99_999));
        assertThat(bench.refusal(chain, new Bench.Wish(3000, 10, 0, true))).isPresent();
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.refusal(chain, new Bench.Wish(3000, 10, 0, true))).isEmpty();
    }

    @Test
    void nobody_counts_tokens_that_cannot_make_the_wait_longer() {
        Chain chain = limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 1L, TOKENS_PER_MINUTE, 10_000L));
        List<String> counted = new ArrayList<>();
        bench.admit(chain, call(7000, 0));

        // Of 4000 tokens 1000 are lacking, which is 6 s.
        Demand demand = new CountingDemand(new Bench.Wish(4000, 300, 0, true), counted);
        assertThat(refused(chain, demand).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(counted).isEmpty();
    }

    private record CountingDemand(Demand demand, List<String> counted) implements Demand {
        @Override
        public String model() {
            return demand.model();
        }

        @Override
        public long inputBound() {
            return demand.inputBound();
        }

        @Override
        public long input() {
            counted.add("once");
            return demand.input();
        }

        @Override
        public long output() {
            return demand.output();
        }

        @Override
        public boolean outputBounded() {
            return demand.outputBounded();
        }

        @Override
        public Most cost(String currency, long input, long output) {
            return demand.cost(currency, input, output);
        }
    }

    @Test
    void calls_in_flight_have_places() {
        Chain chain = limited(Bench.KEY, Map.of(IN_FLIGHT, 2L));
        Permit one = bench.admit(chain, call());
        bench.admit(chain, call());

        GatewayException refusal = refused(chain, call());
        one.settle(used(1, 1));

        assertThat(refusal.message()).isEqualTo("Rate limit reached for this key: 2 in flight; try again in 1 s");
        assertThat(refusal.headers()).isEmpty();
        assertThat(admitted(chain, 5)).isEqualTo(1);
        bench.pass(Duration.ofDays(1));
        assertThat(admitted(chain, 5)).isZero();
    }

    @Test
    void a_refused_call_takes_nothing_of_any_limit() {
        Chain chain = Bench.chain(
                List.of(
                        Bench.limit(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 10L, TOKENS_PER_DAY, 1000L)),
                        Bench.limit(Bench.KEY, Map.of(REQUESTS_PER_MINUTE, 1L))),
                List.of());
        bench.admit(chain, call());
        for (int i = 0; i < 50; i++) {
            assertThat(bench.refusal(chain, call())).isPresent();
        }

        assertThat(bench.admit(limited(Bench.TEAM, Map.of(REQUESTS_PER_MINUTE, 10L, TOKENS_PER_DAY, 1000L)), call())
                        .headers())
                .containsEntry("x-ratelimit-remaining-requests", "8")
                .containsEntry("x-ratelimit-remaining-tokens", "960");
    }

    @Test
    void a_changed_limit_keeps_what_was_taken() {
        admitted(requests(60), 50);

        assertThat(admitted(requests(55), 60)).isEqualTo(5);
        assertThat(admitted(requests(100), 60)).isEqualTo(45);
    }

    @Test
    void idle_counters_are_forgotten_and_busy_ones_are_not() {
        bench.admit(requests(60), call());
        Permit running = bench.admit(limited(Bench.KEY, Map.of(IN_FLIGHT, 1L)), call());

        bench.counters.sweep();
        assertThat(bench.counters.size()).isEqualTo(2);
        bench.pass(Duration.ofMinutes(2));
        bench.counters.sweep();
        assertThat(bench.counters.size()).isEqualTo(1);
        running.release();
        bench.counters.sweep();
        assertThat(bench.counters.size()).isZero();
    }
}
