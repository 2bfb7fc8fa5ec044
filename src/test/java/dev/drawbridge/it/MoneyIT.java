package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prices, sums and closed months of the shipped WAR, as accountants see them. */
class MoneyIT {
    private static GovernedServer gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        gateway = GovernedServer.start("money");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void days_are_those_of_the_zone_also_where_they_begin_and_end() {
        JsonNode made = gateway.key("{'name':'zone'}");
        gateway.ask(made.path("key").asText(), "small");
        // Where it is another day than in UTC.
        boolean late = Instant.now().atOffset(ZoneOffset.UTC).getHour() >= 11;
        String zone = late ? "Etc/GMT-14" : "Etc/GMT+12";
        LocalDate day = LocalDate.now(ZoneId.of(zone));

        JsonNode data = gateway.read("usage?group-by=day&zone=" + zone.replace("+", "%2B") + "&key="
                        + made.path("id").asText() + "&from=" + day + "&to=" + day.plusDays(1))
                .path("data");

        assertThat(data).hasSize(1);
        assertThat(data.at("/0/group/day").asText()).isEqualTo(day.toString());
        assertThat(data.at("/0/requests").asInt()).isOne();
    }
}
