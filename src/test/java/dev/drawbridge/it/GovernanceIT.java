package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, limits, budgets and the ledger of the shipped WAR, as callers and administrators see them. */
class GovernanceIT {
    private static GovernedServer gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        gateway = GovernedServer.start("governance");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String key(String json) {
        return gateway.key(json).path("key").asText();
    }

    private static List<Http.Reply> inParallel(int calls, String key) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<Http.Reply>> asked = IntStream.range(0, calls)
                    .mapToObj(i -> threads.submit(() -> gateway.ask(key, "small")))
                    .toList();
            List<Http.Reply> replies = new ArrayList<>();
            for (Future<Http.Reply> one : asked) {
                replies.add(one.get());
            }
            return replies;
        }
    }

    private static JsonNode usageOf(String keyId) {
        for (JsonNode row : gateway.read("usage?group-by=key").path("data")) {
            if (row.path("group").path("key").asText().equals(keyId)) {
                return row;
            }
        }
        throw new AssertionError("no usage of " + keyId);
    }

    @Test
    void a_key_opens_the_door_in_all_three_headers_until_it_is_deleted() throws InterruptedException {
        JsonNode made = gateway.key("{'name':'app'}");
        String key = made.path("key").asText();
        assertThat(key).startsWith("sk-db-").startsWith(made.path("prefix").asText());
        assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
        for (String header : List.of("x-api-key", "api-key")) {
            assertThat(Http.send(Http.request(gateway.server().url("/v1/models"))
                                    .header(header, key)
                                    .GET())
                            .status())
                    .isEqualTo(200);
        }
        assertThat(gateway.read("keys/" + made.path("id").asText()).toString()).doesNotContain(key);

        assertThat(gateway.admin("DELETE", "keys/" + made.path("id").asText(), "")
                        .status())
                .isEqualTo(204);
        Http.Reply refused = gateway.ask(key, "small");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error().path("code").asText()).isEqualTo("invalid_api_key");
    }

    @Test
    void a_key_of_the_past_and_one_from_elsewhere_are_refused() throws InterruptedException {
        String brief = key("{'name':'brief','expires':'" + Instant.now().plusSeconds(2) + "'}");
        assertThat(gateway.ask(brief, "small").status()).isEqualTo(200);
        assertThat(Waiting.until(
                        Duration.ofSeconds(10),
                        () -> gateway.ask(brief, "small").status() == 401))
                .isTrue();
        String elsewhere = key("{'name':'elsewhere','addresses':['10.0.0.0/8']}");
        assertThat(gateway.ask(elsewhere, "small").status()).isEqualTo(403);
    }

    @Test
    void a_key_sees_and_asks_the_models_that_it_is_for() {
        String key = key("{'name':'narrow','models':['unp*']}");
        assertThat(gateway.ask(key, "unpriced").status()).isEqualTo(200);
        Http.Reply other = gateway.ask(key, "small");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.error().path("code").asText()).isEqualTo("model_not_found");

        JsonNode models = Http.send(Http.request(gateway.server().url("/v1/models"))
                        .header("Authorization", "Bearer " + key)
                        .GET())
                .json()
                .path("data");
        assertThat(models).extracting(model -> model.path("id").asText()).containsExactly("unpriced");
    }

    @Test
    void nothing_tells_a_key_of_models_that_are_not_for_it() {
        String key = key("{'name':'nosy','models':['unp*']}");
        assertThat(gateway.ask(key, "smal").body()).doesNotContain("small").contains("GET /v1/models");
        assertThat(gateway.ask(key, "unprice").body()).contains("did you mean unpriced?");
        for (String door : List.of("/v1/embeddings", "/api/embed", "/api/show")) {
            String body = "{'model':'small','input':'hi'}";
            assertThat(without("small", post(key, door, body)))
                    .as(door)
                    .isEqualTo(without("nobody", post(key, door, body.replace("small", "nobody"))));
        }
    }

    private static String post(String key, String path, String body) {
        Http.Reply reply = asked(key, path, body);
        return reply.status() + " " + reply.body();
    }

    private static Http.Reply asked(String key, String path, String body) {
        return Http.send(Http.request(gateway.server().url(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private static String without(String name, String text) {
        return text.replace(name, "");
    }

    @Test
    void requests_per_minute_are_counted_and_a_refusal_says_how_long_to_wait() {
        String key = key("{'name':'slow','limits':{'requests-per-minute':3}}");
        for (int left = 2; left >= 0; left--) {
            Http.Reply reply = gateway.ask(key, "small");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-ratelimit-limit-requests")).isEqualTo("3");
            assertThat(reply.header("x-ratelimit-remaining-requests")).isEqualTo(String.valueOf(left));
        }
        Http.Reply refused = gateway.ask(key, "small");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().path("code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 20);
        assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, false, application/json",
        "/v1/chat/completions, true, text/event-stream",
        "/api/chat, false, application/json",
        "/api/chat, true, application/x-ndjson"
    })
    void both_doors_tell_of_limits_with_whole_answers_and_streams(String door, boolean stream, String type) {
        String key = key("{'name':'told','limits':{'requests-per-day':1}}");
        String body = "{'model':'small','stream':" + stream + ",'messages':[{'role':'user','content':'Hi'}]}";

        Http.Reply good = asked(key, door, body);
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.header("content-type")).startsWith(type);
        assertThat(good.header("x-ratelimit-limit-requests")).isEqualTo("1");
        assertThat(good.header("x-ratelimit-remaining-requests")).isEqualTo("0");

        Http.Reply refused = asked(key, door, body);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        long seconds = Long.parseLong(refused.header("retry-after"));
        assertThat(seconds).as("a day, but for this test").isBetween(86_000L, 86_400L);
        assertThat(Long.parseLong(refused.header("retry-after-ms"))).isBetween(seconds * 1000 - 999, seconds * 1000);
    }

    @Test
    void tokens_per_minute_are_what_was_really_used() {
        String key = key("{'name':'tokens','limits':{'tokens-per-minute':200}}");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            statuses.add(gateway.ask(key, "small").status());
        }
        // Each sets aside some hundred tokens and uses 30 of them.
        assertThat(statuses.subList(0, 3)).containsOnly(200);
        assertThat(statuses.getLast()).isEqualTo(429);
    }

    @Test
    void two_hundred_calls_at_once_do_not_overshoot_a_budget() throws Exception {
        // Enough for 50 calls.
        JsonNode made = gateway.key("{'name':'budgeted','budget':{'amount':0.007,'currency':'EUR','period':'month'}}");
        List<Http.Reply> replies = inParallel(200, made.path("key").asText());

        long good = replies.stream().filter(reply -> reply.status() == 200).count();
        assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 429);
        Http.Reply refused = replies.stream()
                .filter(reply -> reply.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.error().path("code").asText()).isEqualTo("insufficient_quota");
        assertThat(refused.error().path("type").asText()).isEqualTo("insufficient_quota");
        assertThat(refused.header("x-should-retry")).isEqualTo("false");

        JsonNode usage = usageOf(made.path("id").asText());
        BigDecimal spent = usage.at("/cost/0/amount").decimalValue();
        assertThat(spent).isEqualByComparingTo(new BigDecimal(GovernedServer.COST).multiply(BigDecimal.valueOf(good)));
        assertThat(spent).isLessThanOrEqualTo(new BigDecimal("0.007"));
        assertThat(good).isBetween(1L, 50L);
        // What was set aside is free again, so that the rest can be spent one by one.
        while (gateway.ask(made.path("key").asText(), "small").status() == 200) {
            good++;
        }
        assertThat(good).isBetween(45L, 50L);
    }

    @Test
    void every_call_is_in_the_ledger_once_and_adds_up() {
        JsonNode made = gateway.key("{'name':'counted','team':'red','project':'apollo'}");
        String key = made.path("key").asText();
        for (int i = 0; i < 3; i++) {
            gateway.ask(key, "small");
        }
        gateway.ask(key, "unpriced");
        gateway.ask(key, "missing");
        asked(key, "/api/chat", "{'model':'missing','messages':[]}");
        asked(key, "/api/embed", "{'model':'missing','input':'Hi'}");
        gateway.send(key, "{'model':'small','stream':true,'messages':[{'role':'user','content':'Hi'}]}");

        JsonNode usage = usageOf(made.path("id").asText());
        assertThat(usage.path("requests").asInt()).isEqualTo(8);
        assertThat(usage.path("input-tokens").asInt()).isGreaterThanOrEqualTo(40);
        assertThat(usage.at("/cost/0/currency").asText()).isEqualTo("EUR");
        assertThat(gateway.read("usage?group-by=team").path("data"))
                .anySatisfy(row ->
                        assertThat(row.path("group").path("team").asText()).isEqualTo("red"));

        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = gateway.read("ledger?limit=2&after=" + after);
            page.path("data").forEach(record -> ids.add(record.path("id").asText()));
            after = page.path("next").asText("");
        } while (!after.isEmpty());
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(8);
    }
}
