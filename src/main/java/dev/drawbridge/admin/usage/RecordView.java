package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.ledger.LedgerPages;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A record as it is answered; what it has not is left out. */
record RecordView(
        long seq,
        String id,
        String request,
        String time,
        String caller,
        String key,
        String user,
        String project,
        String team,
        String operation,
        String model,
        String upstream,
        String target,
        String route,
        int attempts,
        int status,
        String failure,
        Long queueMs,
        Long firstTokenMs,
        long totalMs,
        Optional<Tokens> usage,
        Optional<UsageResource.Amount> cost,
        String price,
        Map<String, String> labels) {

    /** What was used. */
    record Tokens(
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            long reasoningTokens,
            String origin,
            Map<String, BigDecimal> more) {}

    static ObjectNode of(LedgerPages.Row row) {
        CallRecord call = row.call();
        ObjectNode json = Json.object()
                .put("seq", row.seq())
                .put("id", call.id())
                .put("request", call.request())
                .put("time", call.time().toString());
        put(json, "caller", call.who().caller());
        put(json, "key", call.who().key());
        put(json, "user", call.who().user());
        put(json, "project", call.who().project());
        put(json, "team", call.who().team());
        call(json, call);
        call.usage().ifPresent(usage -> json.set("usage", usage(usage)));
        call.cost()
                .money()
                .ifPresent(money -> json.putObject("cost")
                        .put("amount", SumView.plain(money.amount()))
                        .put("currency", money.currency()));
        put(json, "price", call.cost().price());
        if (!call.labels().isEmpty()) {
            call.labels().forEach(json.putObject("labels")::put);
        }
        return json;
    }

    private static void call(ObjectNode json, CallRecord call) {
        put(json, "operation", call.operation().name().toLowerCase(Locale.ROOT));
        put(json, "model", call.model());
        put(json, "upstream", call.outcome().upstream());
        put(json, "target", call.outcome().target());
        put(json, "route", call.outcome().route());
        json.put("attempts", call.outcome().attempts())
                .put("status", call.outcome().status());
        put(json, "failure", call.outcome().failure().toLowerCase(Locale.ROOT).replace('_', '-'));
        call.times().queue().ifPresent(millis -> json.put("queue-ms", millis));
        call.times().firstToken().ifPresent(millis -> json.put("first-token-ms", millis));
        json.put("total-ms", call.times().total());
    }

    private static void put(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode json = Json.object()
                .put("input-tokens", usage.input())
                .put("cached-input-tokens", usage.cachedInput())
                .put("output-tokens", usage.output())
                .put("reasoning-tokens", usage.reasoning())
                .put("origin", usage.origin().name().toLowerCase(Locale.ROOT));
        if (!usage.more().amounts().isEmpty()) {
            ObjectNode more = json.putObject("more");
            usage.more().amounts().forEach((unit, amount) -> more.put(unit.word(), amount));
        }
        return json;
    }
}
