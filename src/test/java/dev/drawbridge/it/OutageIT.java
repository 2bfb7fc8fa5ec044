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
            assertThat(Waiting.until(PATIENCE, () -> requests(gateway) == 201)).isTrue();
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
