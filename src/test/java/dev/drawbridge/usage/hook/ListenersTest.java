package dev.drawbridge.usage.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.config.governance.ListenerConfig;
import dev.drawbridge.config.governance.ListenerConfig.Event;
import dev.drawbridge.config.governance.WebhookConfig;
import dev.drawbridge.fakes.FakeWebhooks;
import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest {
    private static final CallRecord CALL = new CallRecord(
            "r1",
            "req_1",
            Instant.parse("2026-03-15T12:00:00Z"),
            new CallRecord.Who("anna", "k", "u", "p", "t"),
            Operation.CHAT,
            "m",
            new CallRecord.Outcome("lab", "m-1", "", 2, 200, ""),
            new CallRecord.Times(OptionalLong.of(70), 900),
            Optional.of(new Usage(9, 3, 4, 0, Usage.Origin.REPORTED)),
            new CallRecord.Cost(Optional.of(new Money(new BigDecimal("0.00012"), "EUR")), "p1"),
            Map.of("stage", "test"));

    private static final BudgetNotice NOTICE = new BudgetNotice(
            "b1",
            new Scope(Level.TEAM, "t"),
            Mark.SOFT,
            new BudgetTerms(new BigDecimal("10"), "EUR", Period.MONTH, 80),
            Period.MONTH.at(Instant.parse("2026-03-15T12:00:00Z"), ZoneOffset.UTC),
            new BigDecimal("8.1"));

    private final FakeWebhooks webhooks = new FakeWebhooks();
    private final List<CallRecord> observed = new CopyOnWriteArrayList<>();
    private final AtomicReference<List<ListenerConfig>> config = new AtomicReference<>(List.of());

    private Listeners listeners(boolean anybody) {
        return new Listeners(config::get, webhooks, observed::add, record -> anybody);
    }

    private static ListenerConfig listener(String name, Event... events) {
        return new ListenerConfig(
                new WebhookConfig(name, "http://" + name + "/", "s", Duration.ofSeconds(1)), Set.of(events));
    }

    private List<JsonNode> told() throws IOException {
        List<JsonNode> told = new ArrayList<>();
        for (String body : webhooks.bodies) {
            new ObjectMapper().readTree(body).path("events").forEach(told::add);
        }
        return told;
    }

    @Test
    void observers_are_told_of_every_call() {
        Listeners listeners = listeners(true);

        for (int i = 0; i < 1000; i++) {
            listeners.add(CALL);
        }
        listeners.close();

        assertThat(observed).hasSize(1000).containsOnly(CALL);
        assertThat(webhooks.bodies).isEmpty();
    }

    @Test
    void a_webhook_is_told_all_that_is_known_of_a_call_but_not_what_was_said() throws IOException {
        config.set(List.of(listener("a", Event.CALL)));
        Listeners listeners = listeners(false);

        listeners.add(CALL);
        listeners.add(NOTICE);
        listeners.close();

        assertThat(observed).isEmpty();
        assertThat(told()).hasSize(1);
        assertThat(told().getFirst()).isEqualTo(new ObjectMapper().readTree("""
                        {"type":"call","id":"r1","request":"req_1","time":"2026-03-15T12:00:00Z","caller":"anna",
                        "key":"k","user":"u","project":"p","team":"t","operation":"chat","model":"m",
                        "upstream":"lab","target":"m-1","attempts":2,"status":200,"failure":"","milliseconds":900,
                        "first-token-milliseconds":70,"usage":{"input-tokens":9,"cached-input-tokens":3,
                        "output-tokens":4,"reasoning-tokens":0,"origin":"reported"},
                        "cost":{"amount":"0.00012","currency":"EUR"},"labels":{"stage":"test"}}"""));
    }

    @Test
    void a_webhook_is_told_of_budgets() throws IOException {
        config.set(List.of(listener("a", Event.BUDGET), listener("b", Event.CALL)));
        Listeners listeners = listeners(false);

        listeners.add(NOTICE);
        listeners.close();

        assertThat(told()).containsExactly(new ObjectMapper().readTree("""
                        {"type":"budget","budget":"b1","scope":"team/t","mark":"soft","spent":"8.1","amount":"10",
                        "currency":"EUR","period":"month","from":"2026-03-01T00:00:00Z"}"""));
    }

    @Test
    void what_comes_faster_than_it_is_taken_goes_in_batches() throws IOException {
        config.set(List.of(listener("a", Event.CALL)));
        Listeners listeners = listeners(false);

        for (int i = 0; i < 2000; i++) {
            listeners.add(CALL);
        }
        listeners.close();

        assertThat(told()).hasSize(2000);
        assertThat(listeners.missed()).isZero();
    }

    @Test
    void a_webhook_that_takes_nothing_is_counted_and_disturbs_nobody() {
        config.set(List.of(listener("a", Event.CALL)));
        webhooks.fails(new IllegalStateException("away"));
        Listeners listeners = listeners(true);

        listeners.add(CALL);
        listeners.add(CALL);
        listeners.close();

        assertThat(observed).hasSize(2);
        assertThat(listeners.missed()).isEqualTo(2);
    }

    @Test
    void a_changed_configuration_counts_at_once() {
        Listeners listeners = listeners(false);
        listeners.add(CALL);
        config.set(List.of(listener("a", Event.CALL)));
        listeners.add(CALL);
        config.set(List.of(listener("b", Event.CALL)));
        listeners.add(CALL);
        listeners.close();

        assertThat(webhooks.asked)
                .extracting(one -> one.url())
                .contains("http://b/")
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void who_is_slow_loses_what_there_is_no_room_for_and_holds_nobody_up() {
        CountDownLatch gate = new CountDownLatch(1);
        List<Integer> taken = new CopyOnWriteArrayList<>();
        Outbox<Integer> outbox = new Outbox<>("slow", 10, batch -> {
            await(gate);
            taken.addAll(batch);
        });

        for (int i = 0; i < 100_000; i++) {
            outbox.add(i);
        }
        gate.countDown();
        outbox.close();

        assertThat(taken.size() + outbox.leftOut()).isEqualTo(100_000);
        assertThat(outbox.leftOut()).isGreaterThan(90_000);
        assertThat(taken).isSorted();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
