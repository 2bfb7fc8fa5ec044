package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
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
    void a_price_is_changed_where_something_else_is_sent() {
        String path = "prices/"
                + gateway.admin("POST", "prices", "{'model':'x','currency':'EUR','prices':{'input':1,'output':2}}")
                        .json()
                        .path("id")
                        .asText();

        JsonNode changed =
                gateway.admin("PATCH", path, "{'prices':{'output':0.7}}").json();
        assertThat(changed.path("prices")).isEqualTo(Http.json("{\"input\":1,\"output\":0.7}"));
        JsonNode less = gateway.admin("PATCH", path, "{'prices':{'input':null},'from':null}")
                .json();
        assertThat(less.path("prices")).isEqualTo(Http.json("{\"output\":0.7}"));
        assertThat(gateway.admin("PATCH", path, "{'prices':{'output':null}}").status())
                .isEqualTo(400);
    }

    @Test
    void a_month_is_closed_once_by_whoever_asks_again_and_stands_in_the_audit() {
        Http.Reply first = close("2001-03", "again");
        Http.Reply again = close("2001-03", "again");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(close("2001-03", "other").status()).isEqualTo(409);
        JsonNode audit = gateway.read("audit?kind=period&id=2001-03").path("data");
        assertThat(audit).hasSize(1);
        assertThat(audit.at("/0/after/seal")).isEqualTo(first.json().path("seal"));
        assertThat(gateway.read("periods/2001-02").path("detail").asText()).contains("closed together with 2001-03");
    }

    private static Http.Reply close(String month, String key) {
        return Http.send(Http.request(gateway.server().url("/admin/v1/periods"))
                .header("Authorization", "Bearer " + GovernedServer.ADMIN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"month\":\"" + month + "\"}")));
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
