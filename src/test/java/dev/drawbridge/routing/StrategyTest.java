package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyTest {
    private static final String THREE = "targets: [{upstream: a}, {upstream: b}, {upstream: c}]}";

    @Test
    void a_cold_target_bears_a_part_of_its_weight() {
        Fleet fleet = Fleet.abc("- {id: m, targets: [{upstream: a, weight: 2}, {upstream: b, weight: 2}]}")
                .warm("a", 0.5);

        assertThat(fleet.shares("m").get("a")).isCloseTo(1 / 3.0, within(0.02));
    }

    @Test
    void a_target_without_any_warmth_comes_last() {
        Fleet fleet = Fleet.abc("- {id: m, " + THREE).warm("b", 0);

        for (int i = 0; i < 50; i++) {
            assertThat(fleet.targets("m")).last().isEqualTo("b/m");
        }
    }

    @Test
    void the_target_with_the_fewest_calls_in_flight_is_first() {
        Fleet fleet = Fleet.abc("- {id: m, strategy: least-in-flight, " + THREE)
                .busy("a", 3)
                .busy("b", 1)
                .busy("c", 2);

        assertThat(fleet.targets("m")).containsExactly("b/m", "c/m", "a/m");
    }

    @Test
    void calls_in_flight_count_less_at_a_target_of_more_weight() {
        Fleet fleet = Fleet.abc(
                        "- {id: m, strategy: least-in-flight, targets: [{upstream: a, weight: 4}, {upstream: b}]}")
                .busy("a", 3)
                .busy("b", 1);

        assertThat(fleet.targets("m")).containsExactly("a/m", "b/m");
    }

    @Test
    void idle_targets_share_by_weight() {
        Fleet fleet =
                Fleet.abc("- {id: m, strategy: least-in-flight, targets: [{upstream: a, weight: 3}, {upstream: b}]}");

        assertThat(fleet.shares("m").get("a")).isCloseTo(0.75, within(0.02));
    }

    @Test
    void the_faster_of_two_targets_is_first() {
        Fleet fleet = Fleet.abc("- {id: m, strategy: lowest-latency, targets: [{upstream: a}, {upstream: b}]}")
                .takes("a", 900, 0)
                .takes("b", 300, 0);

        assertThat(fleet.shares("m")).isEqualTo(Map.of("b", 1.0));
        // Three calls are waiting for the faster one already: the fourth is served sooner by the other.
        fleet.takes("b", 300, 3);
        assertThat(fleet.shares("m")).isEqualTo(Map.of("a", 1.0));
    }

    @Test
    void of_three_targets_two_are_compared_so_that_not_all_calls_run_to_the_fastest() {
        Fleet fleet = Fleet.abc("- {id: m, strategy: lowest-latency, " + THREE)
                .takes("a", 100, 0)
                .takes("b", 200, 0)
                .takes("c", 300, 0);
        Map<String, Double> shares = fleet.shares("m");

        assertThat(shares.get("a")).isCloseTo(2 / 3.0, within(0.02));
        assertThat(shares.get("b")).isCloseTo(1 / 3.0, within(0.02));
        assertThat(shares).doesNotContainKey("c");
    }

    @Test
    void a_target_that_was_never_measured_is_tried_by_one_call_at_a_time() {
        Fleet fleet = Fleet.abc("- {id: m, strategy: lowest-latency, " + THREE)
                .takes("a", 100, 0)
                .takes("b", 200, 0);

        assertThat(fleet.shares("m")).isEqualTo(Map.of("c", 1.0));
        fleet.busy("c", 1);
        assertThat(fleet.shares("m")).doesNotContainKey("c");
    }

    @Test
    void the_cheapest_target_is_first_and_those_of_unknown_price_are_last() {
        Fleet fleet = Fleet.abc("""
                - id: m
                  strategy: cheapest
                  targets:
                    - {upstream: a}
                    - {upstream: b, price: {currency: EUR, input: 0.1, output: 0.9}}
                    - {upstream: c, price: {currency: EUR, input: 0.5, output: 0.2}}
                """);

        assertThat(fleet.targets("m")).containsExactly("c/m", "b/m", "a/m");
    }

    @Test
    void a_price_in_another_currency_than_the_first_is_unknown() {
        Fleet fleet = Fleet.abc("""
                - id: m
                  strategy: cheapest
                  targets:
                    - {upstream: a, price: {currency: EUR, input: 3}}
                    - {upstream: b, price: {currency: USD, input: 1}}
                    - {upstream: c, price: {currency: EUR, input: 2}}
                """);

        assertThat(fleet.targets("m")).containsExactly("c/m", "a/m", "b/m");
    }

    @Test
    void the_price_of_the_model_is_that_of_targets_without_one() {
        Fleet fleet = Fleet.abc("""
                - id: m
                  strategy: cheapest
                  price: {currency: EUR, input: 2}
                  targets:
                    - {upstream: a, weight: 3}
                    - {upstream: b}
                    - {upstream: c, price: {currency: EUR, input: 2.01}}
                """);

        assertThat(fleet.targets("m")).last().isEqualTo("c/m");
        assertThat(fleet.shares("m").get("a")).isCloseTo(0.75, within(0.02));
    }

    @Test
    void the_catalogue_knows_prices_too() {
        Fleet fleet = new Fleet("""
                upstreams: [{name: a, kind: vllm, base-url: "http://localhost:1"}, {name: b, kind: mistral, api-key: k}]
                models:
                  - {id: m, strategy: cheapest, targets: [{upstream: a}, {upstream: b, model: mistral-small-latest}]}
                """);

        assertThat(fleet.shares("m")).isEqualTo(Map.of("b", 1.0));
    }

    @Test
    void a_price_that_was_entered_goes_before_that_of_the_file() {
        Fleet fleet = Fleet.abc("""
                - id: m
                  strategy: cheapest
                  targets:
                    - {upstream: a, price: {currency: EUR, input: 1, output: 1}}
                    - {upstream: b, price: {currency: EUR, input: 2, output: 2}}
                    - {upstream: c}
                """);
        assertThat(fleet.targets("m")).containsExactly("a/m", "b/m", "c/m");

        fleet.priced("b", "m", Instant.EPOCH, 0.5).priced("c", "m", Instant.EPOCH, 0.7);
        assertThat(fleet.targets("m")).containsExactly("b/m", "c/m", "a/m");

        fleet.priced("c", "m", Instant.now().plus(Duration.ofDays(1)), 0.1);
        assertThat(fleet.targets("m")).first().isEqualTo("b/m");
        fleet.priced("c", "m", Instant.now().minus(Duration.ofDays(1)), 0.1);
        assertThat(fleet.targets("m")).first().isEqualTo("c/m");
    }

    @Test
    void priority_goes_before_strategy() {
        Fleet fleet = Fleet.abc("""
                - {id: m, strategy: least-in-flight, targets: [{upstream: a}, {upstream: b, priority: 2}]}
                """).busy("a", 100);

        assertThat(fleet.targets("m")).containsExactly("a/m", "b/m");
    }

    @ParameterizedTest
    @CsvSource({"weighted", "least-in-flight", "lowest-latency", "cheapest"})
    void closed_targets_are_behind_all_open_ones_and_the_first_to_open_comes_first(String strategy) {
        Fleet fleet = Fleet.abc("""
                - {id: m, strategy: %s, fallbacks: [n], targets: [{upstream: a}, {upstream: b, priority: 2}]}
                - {id: n, targets: [{upstream: c}]}
                """.formatted(strategy)).closed("a", 20).closed("b", 10);

        assertThat(fleet.targets("m")).containsExactly("c/n", "b/m", "a/m");
    }

    @Test
    void models_that_say_nothing_follow_the_strategy_of_the_file() {
        Fleet fleet = new Fleet("""
                routing: {strategy: least-in-flight}
                upstreams: [{name: a, kind: demo}, {name: b, kind: demo}]
                models:
                  - {id: m, targets: [{upstream: a}, {upstream: b}]}
                  - {id: n, strategy: weighted, targets: [{upstream: a}, {upstream: b}]}
                """).busy("a", 1);

        assertThat(fleet.shares("m")).isEqualTo(Map.of("b", 1.0));
        assertThat(fleet.shares("n").get("a")).isCloseTo(0.5, within(0.02));
    }
}
