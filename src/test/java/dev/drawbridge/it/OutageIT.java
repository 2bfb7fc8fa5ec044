package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Postgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The shipped WAR on PostgreSQL, which goes away and comes back. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_database_that_is_away_fails_no_call_and_all_records_arrive_afterwards() throws Exception {
        Postgres database = Postgres.started();
        try (database;
                GovernedServer gateway = GovernedServer.start(
                        "outage",
                        "-Ddrawbridge.database.url=" + database.url("postgres"),
                        "-Ddrawbridge.database.user=drawbridge")) {
            JsonNode made = gateway.key("{'name':'app','limits':{'requests-per-minute':10000},"
                    + "'budget':{'amount':100,'currency':'EUR','period':'month'}}");
            String key = made.path("key").asText();
            assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
            Http.Reply backup = gateway.admin("POST", "backup", "{}");
            assertThat(backup.status()).isEqualTo(409);
            assertThat(backup.json().path("detail").asText()).contains("pg_dump");

            // What is asked for can be read, and the last records cannot be written.
            database.run("psql", "postgres", "-c", "alter table ledger_journal rename to elsewhere");
            assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
            assertThat(gateway.read("usage").path("complete").asBoolean(true)).isFalse();
            assertThat(gateway.admin("GET", "usage?format=csv", "").status()).isEqualTo(503);
            Http.Reply closing = gateway.admin("POST", "periods", "{'month':'2026-01'}");
            assertThat(closing.status()).isEqualTo(503);
            assertThat(closing.header("retry-after")).isEqualTo("5");
            database.run("psql", "postgres", "-c", "alter table elsewhere rename to ledger_journal");
            assertThat(Waiting.until(PATIENCE, () -> requests(gateway) == 2)).isTrue();

            database.stop();
            assertThat(Waiting.until(PATIENCE, () -> storage(gateway).equals("down")))
                    .isTrue();
            for (int i = 0; i < 200; i++) {
                assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
            }
            assertThat(Http.get(gateway.server().url("/health/ready")).status()).isEqualTo(200);
            assertThat(gateway.admin("POST", "keys", "{'name':'late'}").status())
                    .isEqualTo(503);

            database.start();
            assertThat(Waiting.until(PATIENCE, () -> requests(gateway) == 202)).isTrue();
            assertThat(gateway.admin("POST", "keys", "{'name':'late'}").status())
                    .isEqualTo(201);
        }
    }

    private static String storage(GovernedServer gateway) {
        return Http.get(gateway.server().url("/health/ready"))
                .json()
                .at("/checks/0/data/database")
                .asText();
    }

    private static int requests(GovernedServer gateway) {
        return gateway.read("usage?group-by=key").at("/data/0/requests").asInt();
    }
}
