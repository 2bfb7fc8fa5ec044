package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Postgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two of the shipped WAR over one PostgreSQL, and one budget. */
class SharedBudgetIT {
    private static final BigDecimal AMOUNT = new BigDecimal("0.007");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static GovernedServer start(String folder, Postgres database) throws IOException, InterruptedException {
        return GovernedServer.start(
                folder,
                "-Ddrawbridge.secret=a-secret-that-both-gateways-of-a-test-share",
                "-Ddrawbridge.database.url=" + database.url("postgres"),
                "-Ddrawbridge.database.user=drawbridge");
    }

    private static int together(int calls, String key, List<GovernedServer> gateways) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            List<Future<Http.Reply>> asked = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                GovernedServer gateway = gateways.get(i % gateways.size());
                asked.add(threads.submit(() -> gateway.ask(key, "small")));
            }
            int good = 0;
            for (Future<Http.Reply> one : asked) {
                Http.Reply reply = one.get();
                assertThat(reply.status()).isIn(200, 429);
                if (reply.status() == 429) {
                    assertThat(reply.error().path("code").asText()).isEqualTo("insufficient_quota");
                }
                good += reply.status() == 200 ? 1 : 0;
            }
            return good;
        }
    }

    private static boolean isGood(GovernedServer gateway, String key) {
        return gateway.ask(key, "small").status() == 200;
    }

    private static BigDecimal spent(GovernedServer gateway, JsonNode made) {
        for (JsonNode row : gateway.read("usage?group-by=key").path("data")) {
            if (row.path("group").path("key").asText().equals(made.path("id").asText())) {
                return row.at("/cost/0/amount").decimalValue();
            }
        }
        return BigDecimal.ZERO;
    }

    @Test
    void two_gateways_never_spend_more_than_the_budget_and_either_can_spend_the_rest() throws Exception {
        try (Postgres database = Postgres.started();
                GovernedServer one = start("shared-1", database);
                GovernedServer other = start("shared-2", database)) {
            JsonNode made = one.key("{'name':'app','budget':{'amount':0.007,'currency':'EUR','period':'month'}}");
            String key = made.path("key").asText();
            assertThat(Waiting.until(PATIENCE, () -> isGood(other, key))).isTrue();
            int good = 1 + together(200, key, List.of(one, other));
            assertThat(good).isBetween(2, 50);

            // What was set aside is free again, and can be spent one by one wherever it is.
            while (Waiting.until(PATIENCE, () -> isGood(one, key))) {
                good++;
            }

            assertThat(isGood(other, key)).isFalse();
            assertThat(good).isBetween(45, 50);
            BigDecimal all = new BigDecimal(GovernedServer.COST).multiply(BigDecimal.valueOf(good));
            assertThat(Waiting.until(PATIENCE, () -> spent(one, made).compareTo(all) == 0))
                    .isTrue();
            assertThat(all).isLessThanOrEqualTo(AMOUNT);
        }
    }

    @Test
    void a_gateway_that_stops_leaves_everything_to_the_other_at_once() throws Exception {
        try (Postgres database = Postgres.started();
                GovernedServer one = start("shared-1", database);
                GovernedServer other = start("shared-2", database)) {
            JsonNode made = one.key("{'name':'app','budget':{'amount':0.007,'currency':'EUR','period':'month'}}");
            String key = made.path("key").asText();
            assertThat(isGood(one, key)).isTrue();

            assertThat(one.server().terminate().awaitExit(PATIENCE)).isNotNegative();

            int good = 1 + together(20, key, List.of(other));
            assertThat(good).isEqualTo(21);
        }
    }
}
