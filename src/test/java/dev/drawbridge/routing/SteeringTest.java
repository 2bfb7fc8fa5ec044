package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteeringTest {
    private final Fleet fleet = Fleet.abc("""
            - {id: m, targets: [{upstream: a}, {upstream: b, priority: 2}], fallbacks: [n, o]}
            - {id: n, targets: [{upstream: c}, {upstream: a, priority: 2}], fallbacks: [m]}
            - {id: o, targets: [{upstream: b, model: m}, {upstream: c, model: o2, priority: 2}]}
            - {id: single, targets: [{upstream: a}]}
            - {id: bound, pinning: false, targets: [{upstream: a}, {upstream: b}]}
            - id: ruled
              targets: [{upstream: a, labels: {track: stable}}, {upstream: b, labels: {track: canary}}]
              routes: [{to: {track: stable}}]
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m|a|a/m, a/n",
                "m|b|b/m",
                "m|' b ,, a,'|a/m, b/m, a/n",
                "m|b, c|b/m, c/n, c/o2",
                "single|c, a|a/single",
                "ruled|b|b/ruled",
                "m|' , '|a/m, b/m, c/n, a/n, c/o2"
            })
    void a_caller_names_the_upstreams_that_may_answer(String model, String pins, String targets) {
        assertThat(String.join(", ", targets(model, "x-drawbridge-upstream: " + pins)))
                .isEqualTo(targets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m|a|b/m, c/n, c/o2",
                "m|a, c|b/m",
                "single|b|a/single",
                "ruled|a|b/ruled",
            })
    void a_caller_names_the_upstreams_that_may_not_answer(String model, String excluded, String targets) {
        assertThat(String.join(", ", targets(model, "x-drawbridge-exclude: " + excluded)))
                .isEqualTo(targets);
    }

    @Test
    void both_headers_hold() {
        assertThat(targets("m", "x-drawbridge-upstream: a, b", "x-drawbridge-exclude: a"))
                .containsExactly("b/m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-drawbridge-upstream: c|header x-drawbridge-upstream: leaves no upstream; \"m\" has a, b",
                "x-drawbridge-upstream: a, d|header x-drawbridge-upstream: no upstream is named \"d\"; \"m\" has a, b",
                "x-drawbridge-exclude: b, a|header x-drawbridge-exclude: leaves no upstream; \"m\" has a, b",
                "x-drawbridge-exclude: A|header x-drawbridge-exclude: no upstream is named \"A\"; \"m\" has a, b"
            })
    void what_leaves_nobody_is_refused(String header, String message) {
        GatewayException failure = refusal("m", header);

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(header).startsWith(failure.param().orElseThrow());
    }

    @Test
    void what_contradicts_itself_is_refused() {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> targets("m", "x-drawbridge-upstream: a", "x-drawbridge-exclude: a"));

        assertThat(failure.message()).isEqualTo("header x-drawbridge-exclude: leaves no upstream; \"m\" has a, b");
    }

    @ParameterizedTest
    @CsvSource({"x-drawbridge-upstream: a", "x-drawbridge-exclude: a", "x-drawbridge-upstream: nobody"})
    void where_the_policy_forbids_it_nobody_chooses(String header) {
        GatewayException failure = refusal("bound", header);

        assertThat(failure.kind()).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(failure.message()).endsWith("callers may not choose the upstreams of \"bound\"");
        assertThat(targets("bound")).hasSize(2);
    }

    @Test
    void models_that_say_nothing_follow_the_policy_of_the_file() {
        Fleet strict = new Fleet("""
                routing: {pinning: false}
                upstreams: [{name: a, kind: demo}, {name: b, kind: demo, discovery: true}]
                models:
                  - {id: m, targets: [{upstream: a}]}
                  - {id: n, pinning: true, targets: [{upstream: a}]}
                """);
        Steering pin = Fleet.call("eve", "x-drawbridge-upstream: a");

        assertThat(strict.targets("{'model': 'n'}", pin)).containsExactly("a/n");
        for (String model : new String[] {"m", "b/any"}) {
            assertThat(catchThrowableOfType(
                                    GatewayException.class, () -> strict.targets("{'model': '" + model + "'}", pin))
                            .kind())
                    .isEqualTo(ErrorKind.FORBIDDEN);
        }
    }

    @Test
    void the_rules_of_a_fallback_bind_where_its_own_policy_says_so() {
        Fleet two = Fleet.abc("""
                - {id: m, targets: [{upstream: a}], fallbacks: [n]}
                - id: n
                  pinning: false
                  targets: [{upstream: b, labels: {region: eu}}, {upstream: a, model: us, labels: {region: us}}]
                  routes: [{to: {region: eu}}]
                """);

        assertThat(two.targets("{'model': 'm'}", Fleet.call("eve", "x-drawbridge-upstream: a")))
                .containsExactly("a/m");
        assertThat(two.targets("m")).containsExactly("a/m", "b/n");
    }

    @Test
    void models_that_fall_back_on_each_other_end_and_no_target_comes_twice() {
        assertThat(targets("m")).containsExactly("a/m", "b/m", "c/n", "a/n", "c/o2");
        assertThat(targets("n")).containsExactly("c/n", "a/n", "a/m", "b/m");
    }

    private GatewayException refusal(String model, String header) {
        return catchThrowableOfType(GatewayException.class, () -> targets(model, header));
    }

    private List<String> targets(String model, String... headers) {
        return fleet.targets("{'model': '" + model + "'}", Fleet.call("eve", headers));
    }
}
