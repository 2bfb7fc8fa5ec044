package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StickyTest {
    private static final int KEYS = 20_000;
    private static final String CACHE = "- {id: m, sticky: prompt-cache-key, targets: [";

    @Test
    void calls_with_one_prompt_cache_key_go_to_one_target() {
        Fleet fleet = Fleet.abc(CACHE + "{upstream: a}, {upstream: b}, {upstream: c}]}");

        assertThat(orders(fleet, "{'model': 'm', 'prompt_cache_key': 'k'}")).hasSize(1);
        // What "prompt_cache_key" has replaced.
        assertThat(orders(fleet, "{'model': 'm', 'user': 'k'}"))
                .isEqualTo(orders(fleet, "{'model': 'm', 'user': 'x', 'prompt_cache_key': 'k'}"));
        assertThat(orders(fleet, "{'model': 'm'}")).hasSize(6);
    }

    @Test
    void calls_of_one_caller_go_to_one_target() {
        Fleet fleet = Fleet.abc("- {id: m, sticky: caller, targets: [{upstream: a}, {upstream: b}, {upstream: c}]}");

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i ->
                                fleet.targets("{'model': 'm', 'prompt_cache_key': '" + i + "'}", Fleet.call("eve"))))
                .containsOnly(fleet.targets("{'model': 'm'}", Fleet.call("eve")));
    }

    @Test
    void the_order_is_the_same_after_a_restart_and_on_another_node() {
        Fleet fleet = Fleet.abc(CACHE + "{upstream: a}, {upstream: b}, {upstream: c}]}");

        assertThat(IntStream.range(0, 6)
                        .mapToObj(i -> order(fleet, i).toString().replace("/m", "")))
                .containsExactly("[c, a, b]", "[c, b, a]", "[b, c, a]", "[c, a, b]", "[b, c, a]", "[a, b, c]");
    }

    @Test
    void keys_share_by_weight() {
        Fleet fleet =
                Fleet.abc(CACHE + "{upstream: a, weight: 5}, {upstream: b, weight: 3}, {upstream: c, weight: 2}]}");
        var shares = Fleet.shares(i -> order(fleet, i));

        assertThat(shares.get("a")).isCloseTo(0.5, within(0.02));
        assertThat(shares.get("b")).isCloseTo(0.3, within(0.02));
        assertThat(shares.get("c")).isCloseTo(0.2, within(0.02));
    }

    @Test
    void a_new_target_takes_its_share_of_the_keys_and_moves_no_other() {
        Fleet two = Fleet.abc(CACHE + "{upstream: a, weight: 2}, {upstream: b}]}");
        Fleet three = Fleet.abc(CACHE + "{upstream: a, weight: 2}, {upstream: b}, {upstream: c}]}");
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            String before = order(two, i).getFirst();
            String after = order(three, i).getFirst();
            if (!before.equals(after)) {
                assertThat(after).isEqualTo("c/m");
                moved++;
            }
        }

        assertThat(moved / (double) KEYS).isCloseTo(0.25, within(0.02));
    }

    @Test
    void the_keys_of_a_closed_target_spread_over_the_others_and_come_back() {
        Fleet fleet = Fleet.abc(CACHE + "{upstream: a}, {upstream: b}, {upstream: c}]}");
        List<List<String>> before =
                IntStream.range(0, 200).mapToObj(i -> order(fleet, i)).toList();
        fleet.closed("a", 5);
        Set<String> takers = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            List<String> order = before.get(i);
            String first = order(fleet, i).getFirst();
            assertThat(first).isEqualTo(order.getFirst().equals("a/m") ? order.get(1) : order.getFirst());
            takers.add(first);
        }

        assertThat(takers).containsExactlyInAnyOrder("b/m", "c/m");
        fleet.closed("a", 0);
        assertThat(IntStream.range(0, 200).mapToObj(i -> order(fleet, i)).toList())
                .isEqualTo(before);
    }

    @Test
    void a_key_goes_before_the_strategy_and_behind_the_priority() {
        Fleet fleet = Fleet.abc("""
                - id: m
                  strategy: least-in-flight
                  sticky: prompt-cache-key
                  targets: [{upstream: a}, {upstream: b}, {upstream: c, priority: 0}]
                """).busy("a", 1);
        Set<String> seconds = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(order(fleet, i)).first().isEqualTo("c/m");
            seconds.add(order(fleet, i).get(1));
        }

        assertThat(seconds).containsExactlyInAnyOrder("a/m", "b/m");
        assertThat(fleet.targets("m")).containsExactly("c/m", "b/m", "a/m");
    }

    private static List<String> order(Fleet fleet, int key) {
        return fleet.targets("{'model': 'm', 'prompt_cache_key': 'conversation-" + key + "'}", Steering.NONE);
    }

    /** All orders that occur. */
    private static Set<List<String>> orders(Fleet fleet, String request) {
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            orders.add(fleet.targets(request, Steering.NONE));
        }
        return orders;
    }
}
