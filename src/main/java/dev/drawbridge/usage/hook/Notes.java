package dev.drawbridge.usage.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.governance.ListenerConfig.Event;
import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import java.util.List;
import java.util.Locale;

/** What webhooks are told. */
final class Notes {
    private Notes() {}

    /** One thing to tell. */
    record Note(Event event, ObjectNode body) {}

    /** {@code {"events":[…]}}. */
    static String body(List<Note> notes) {
        ObjectNode body = Json.object();
        ArrayNode events = body.putArray("events");
        notes.forEach(note -> events.add(note.body()));
        return body.toString();
    }

    static Note of(CallRecord call) {
        ObjectNode body = Json.object();
        body.put("type", "call")
                .put("id", call.id())
                .put("request", call.request())
                .put("time", call.time().toString())
                .put("caller", call.who().caller())
                .put("key", call.who().key())
                .put("user", call.who().user())
                .put("project", call.who().project())
                .put("team", call.who().team())
                .put("operation", word(call.operation()))
                .put("model", call.model());
        outcome(body, call);
        call.usage().ifPresent(usage -> usage(body.putObject("usage"), usage));
        call.cost()
                .money()
                .ifPresent(money -> body.putObject("cost")
                        .put("amount", money.amount().toPlainString())
                        .put("currency", money.currency()));
        call.labels().forEach(body.putObject("labels")::put);
        return new Note(Event.CALL, body);
    }

    private static void outcome(ObjectNode body, CallRecord call) {
        body.put("upstream", call.outcome().upstream())
                .put("target", call.outcome().target())
                .put("attempts", call.outcome().attempts())
                .put("status", call.outcome().status())
                .put("failure", call.outcome().failure())
                .put("milliseconds", call.times().total());
        call.times().firstToken().ifPresent(millis -> body.put("first-token-milliseconds", millis));
    }

    private static void usage(ObjectNode body, Usage usage) {
        body.put("input-tokens", usage.input())
                .put("cached-input-tokens", usage.cachedInput())
                .put("output-tokens", usage.output())
                .put("reasoning-tokens", usage.reasoning())
                .put("origin", word(usage.origin()));
    }

    static Note of(BudgetNotice notice) {
        ObjectNode body = Json.object();
        body.put("type", "budget")
                .put("budget", notice.budget())
                .put("scope", notice.scope().toString())
                .put("mark", word(notice.mark()))
                .put("spent", notice.spent().toPlainString())
                .put("amount", notice.terms().amount().toPlainString())
                .put("currency", notice.terms().currency())
                .put("period", notice.terms().period().word())
                .put("from", notice.span().start().toString());
        return new Note(Event.BUDGET, body);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
