package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteRulesTest {
    private static final String TARGETS = """
              targets:
                - {upstream: a, labels: {track: stable, region: eu}}
                - {upstream: b, labels: {track: canary, region: eu}}
                - {upstream: c, priority: 2, labels: {track: stable, region: us}}
            """;
    private static final String MODEL = "{'model': 'm'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"canary|b/m", "stable|a/m, c/m", "Canary|a/m", "''|a/m", "canary,canary|a/m"})
    void a_header_chooses_targets_by_their_labels(String track, String targets) {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes:
                - {when: {header: x-track, is: canary}, to: {track: canary}}
                - {when: {header: x-track, is: stable}, to: {track: stable}}
                - {to: {track: stable, region: eu}}
            """);

        assertThat(String.join(", ", fleet.targets(MODEL, Fleet.call("eve", "x-track: " + track))))
                .isEqualTo(targets);
    }

    @Test
    void without_a_rule_that_applies_all_targets_may_answer() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes: [{when: {header: x-beta, is: true}, to: {track: canary}}]
            """);

        assertThat(fleet.targets("m")).hasSize(3);
        assertThat(fleet.targets(MODEL, Fleet.call("eve", "x-beta: true"))).containsExactly("b/m");
    }

    @Test
    void a_share_of_the_calls_goes_to_the_canary() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes:
                - {when: {percent: 5}, to: {track: canary}}
                - {to: {track: stable}}
            """);
        Map<String, Double> shares = fleet.shares("m");

        assertThat(shares.get("b")).isCloseTo(0.05, within(0.005));
        assertThat(shares.get("a")).isCloseTo(0.95, within(0.005));
    }

    @Test
    void shares_of_one_list_add_up() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes:
                - {when: {percent: 0}, to: {track: stable}}
                - {when: {percent: 20}, to: {track: canary}}
                - {when: {percent: 30}, to: {region: us}}
                - {to: {track: stable, region: eu}}
            """);
        Map<String, Double> shares = fleet.shares("m");

        assertThat(shares.get("b")).isCloseTo(0.2, within(0.02));
        assertThat(shares.get("c")).isCloseTo(0.3, within(0.02));
        assertThat(shares.get("a")).isCloseTo(0.5, within(0.02));
    }

    @Test
    void a_share_of_the_calls_with_a_header() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes:
                - {when: {header: x-team, is: lab, percent: 50}, to: {track: canary}}
                - {to: {track: stable}}
            """);
        Steering lab = Fleet.call("eve", "x-team: lab");

        assertThat(Fleet.shares(i -> fleet.targets(MODEL, lab)).get("b")).isCloseTo(0.5, within(0.02));
        assertThat(fleet.shares("m")).isEqualTo(Map.of("a", 1.0));
    }

    @Test
    void who_is_sticky_stays_in_its_share() {
        Fleet fleet = Fleet.abc("- id: m\n  sticky: caller\n" + TARGETS + """
              routes:
                - {when: {percent: 30}, to: {track: canary}}
                - {to: {track: stable}}
            """);

        assertThat(Fleet.shares(i -> fleet.targets(MODEL, Fleet.call("caller-" + i)))
                        .get("b"))
                .isCloseTo(0.3, within(0.02));
        for (int caller = 0; caller < 20; caller++) {
            Steering steering = Fleet.call("caller-" + caller);
            assertThat(IntStream.range(0, 20).mapToObj(i -> fleet.targets(MODEL, steering)))
                    .containsOnly(fleet.targets(MODEL, steering));
        }
    }

    @Test
    void the_other_targets_follow_where_the_rule_says_so() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              routes: [{to: {region: us}, failover: true}]
            """);

        assertThat(fleet.targets("m")).first().isEqualTo("c/m");
        assertThat(fleet.targets("m")).containsExactlyInAnyOrder("a/m", "b/m", "c/m");
    }

    @Test
    void a_fallback_model_has_rules_of_its_own() {
        Fleet fleet = Fleet.abc("- id: m\n" + TARGETS + """
              fallbacks: [n]
              routes: [{when: {header: x-track, is: canary}, to: {track: canary}}]
            - id: n
              targets: [{upstream: a}, {upstream: c, labels: {track: canary}}]
              routes: [{when: {header: x-track, is: canary}, to: {track: canary}}]
            """);

        assertThat(fleet.targets(MODEL, Fleet.call("eve", "x-track: canary"))).containsExactly("b/m", "c/n");
    }
}
