package dev.drawbridge.governance.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Postgres;
import dev.drawbridge.governance.permit.LeaseLab.Node;
import dev.drawbridge.store.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several nodes, one budget: of 0.5, where a call costs 0.01, unless something else is said. */
@Timeout(120)
class LeasesTest {
    private static final BigDecimal AMOUNT = new BigDecimal("0.5");

    @TempDir
    Path folder;

    private LeaseLab lab(Engine engine) {
        return new LeaseLab(engine.settings(folder), folder);
    }

    private static boolean comesTrue(int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        boolean good = condition.getAsBoolean();
        while (!good && System.nanoTime() < end) {
            good = condition.getAsBoolean();
        }
        return good;
    }

    private static boolean isBeating(Node node) {
        try {
            node.members.beat();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static int together(int calls, List<Node> nodes, int used) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                Node node = nodes.get(i % nodes.size());
                all.add(threads.submit(() -> node.call("0.5", 1000, used)));
            }
            int good = 0;
            for (Future<Boolean> one : all) {
                good += one.get() ? 1 : 0;
            }
            return good;
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_200_calls_at_once_on_three_nodes_no_more_are_let_in_than_the_budget_pays_for(Engine engine)
            throws Exception {
        try (LeaseLab lab = lab(engine)) {
            List<Node> nodes = List.of(lab.node(), lab.node(), lab.node());

            int good = together(200, nodes, 1000);

            assertThat(lab.peak()).isLessThanOrEqualTo(AMOUNT);
            assertThat(good).isBetween(1, 50);
            while (comesTrue(4, nodes.getFirst()::call)) {
                good++;
            }
            assertThat(good).isEqualTo(50);
            assertThat(lab.spent()).isEqualByComparingTo(AMOUNT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_set_aside_too_much_on_any_node_can_be_spent_on_every_other(Engine engine) throws Exception {
        try (LeaseLab lab = lab(engine)) {
            List<Node> nodes = List.of(lab.node(), lab.node());
            int good = together(100, nodes, 500);

            assertThat(lab.peak()).isLessThanOrEqualTo(AMOUNT);
            assertThat(lab.spent()).isEqualByComparingTo(Bench.price(500L * good, 0));
            Node last = nodes.getLast();
            while (comesTrue(4, () -> last.call("0.5", 500, 500))) {
                good++;
            }
            assertThat(lab.spent()).isEqualByComparingTo(AMOUNT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatever_calls_come_to_whichever_node_the_budget_is_never_overspent_and_can_be_spent_whole(Engine engine)
            throws Exception {
        try (LeaseLab lab = lab(engine)) {
            List<Node> nodes = List.of(lab.node(), lab.node(), lab.node());
            long end = System.nanoTime() + 4_000_000_000L;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 12; i++) {
                    Random dice = new Random(i);
                    Future<?> ignored = threads.submit(() -> {
                        while (System.nanoTime() < end) {
                            int tokens = 1 + dice.nextInt(200);
                            Node node = nodes.get(dice.nextInt(3));
                            node.call("0.5", tokens, dice.nextInt(10) == 0 ? dice.nextInt(tokens) : 0);
                            Thread.sleep(dice.nextInt(3));
                        }
                        return null;
                    });
                }
            }

            assertThat(lab.peak()).isLessThanOrEqualTo(AMOUNT);
            int rest = AMOUNT.subtract(lab.spent()).movePointRight(5).intValueExact();
            for (int left = rest; left > 0; left -= Math.min(left, 5000)) {
                int tokens = Math.min(left, 5000);
                Node node = nodes.get(left % 3);
                assertThat(comesTrue(10, () -> node.call("0.5", tokens, tokens)))
                        .as("%d of %d", tokens, left)
                        .isTrue();
            }
            assertThat(lab.spent()).isEqualByComparingTo(AMOUNT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void records_that_come_late_to_the_ledger_are_counted_all_the_same(Engine engine) throws Exception {
        try (LeaseLab lab = lab(engine)) {
            List<Node> nodes = List.of(lab.node(), lab.node());
            nodes.forEach(node -> node.stall(true));
            int good = together(10, nodes, 1000);
            nodes.forEach(node -> node.stall(false));
            good += together(10, nodes, 1000);
            nodes.forEach(node -> node.stall(true));
            good += together(100, nodes, 1000);

            assertThat(lab.peak()).isLessThanOrEqualTo(AMOUNT);
            nodes.forEach(node -> node.stall(false));
            while (comesTrue(4, nodes.getFirst()::call)) {
                good++;
            }

            assertThat(good).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_silent_gives_back_and_whoever_dies_holds_nothing_for_long(Engine engine) {
        try (LeaseLab lab = lab(engine)) {
            Node first = lab.node();
            assertThat(first.call()).isTrue();
            Node second = lab.node();
            for (int i = 0; i < 20; i++) {
                assertThat(comesTrue(5, second::call))
                        .as("while the first is silent")
                        .isTrue();
            }
            assertThat(comesTrue(5, () -> first.call("0.5", 10_000, 1000))).isTrue();

            first.die();
            int good = 0;
            while (second.call()) {
                good++;
            }
            assertThat(good).as("without what the dead one holds").isLessThan(28);
            while (comesTrue(9, second::call)) {
                good++;
            }

            // All but what it had not told the ledger, which comes when it starts again.
            assertThat(good).isBetween(28, 29);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoever_was_taken_for_dead_spends_nothing_that_others_may_have_got(Engine engine) {
        try (LeaseLab lab = lab(engine)) {
            Node first = lab.node();
            assertThat(first.call()).isTrue();
            first.flush();
            first.die();
            Node second = lab.node();
            for (int i = 0; i < 49; i++) {
                assertThat(comesTrue(12, second::call)).isTrue();
            }

            assertThat(first.call()).as("as soon as it wakes").isFalse();
            first.members.beat();
            assertThat(first.call()).isFalse();
            assertThat(lab.spent()).isEqualByComparingTo(AMOUNT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_budget_may_be_raised_and_lowered_in_between(Engine engine) {
        try (LeaseLab lab = lab(engine)) {
            Node first = lab.node();
            Node second = lab.node();
            assertThat(first.call("0.02", 1000, 1000)).isTrue();
            assertThat(comesTrue(5, () -> second.call("0.02", 1000, 1000))).isTrue();
            assertThat(first.call("0.02", 1, 1)).isFalse();
            assertThat(second.call("0.02", 1, 1)).isFalse();

            assertThat(comesTrue(5, () -> first.call("0.05", 1000, 1000)))
                    .as("raised")
                    .isTrue();
            assertThat(comesTrue(5, () -> second.call("0.05", 1000, 1000))).isTrue();
            assertThat(first.call("0.04", 1, 1)).as("lowered").isFalse();
            assertThat(second.call("0.04", 1, 1)).isFalse();
            assertThat(comesTrue(5, () -> second.call("0.05", 1000, 1000))).isTrue();
            assertThat(lab.spent()).isEqualByComparingTo("0.05");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cost_that_is_found_later_counts_on_all_nodes(Engine engine) {
        try (LeaseLab lab = lab(engine)) {
            Node first = lab.node();
            Node second = lab.node();
            assertThat(first.call()).isTrue();
            assertThat(comesTrue(5, second::call)).isTrue();

            lab.record(new BigDecimal("0.48"));
            for (Node node : List.of(first, second, first)) {
                node.book.doubt();
                node.book.refresh();
            }

            assertThat(first.call("0.5", 1, 1)).isFalse();
            assertThat(second.call("0.5", 1, 1)).isFalse();
        }
    }

    @Test
    void a_database_that_is_away_fails_no_call_and_all_is_exact_again_afterwards() throws Exception {
        try (Postgres server = Postgres.started();
                LeaseLab lab = new LeaseLab(Map.of("drawbridge.database.url", server.url("postgres")), folder)) {
            Node first = lab.node();
            Node second = lab.node();
            assertThat(first.call()).isTrue();
            assertThat(comesTrue(5, second::call)).isTrue();

            server.stop();
            for (int i = 0; i < 14; i++) {
                assertThat(first.call()).isTrue();
                assertThat(second.call()).isTrue();
            }

            server.start();
            for (Node node : List.of(first, second)) {
                assertThat(comesTrue(20, () -> isBeating(node))).isTrue();
            }
            // Until then each has counted for itself.
            Thread.sleep(1500);
            int good = 30;
            while (comesTrue(6, first::call)) {
                good++;
            }
            assertThat(good).isEqualTo(50);
            assertThat(second.call()).isFalse();
        }
    }
}
