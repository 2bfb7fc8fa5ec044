package dev.drawbridge.usage;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord.Cost;
import dev.drawbridge.usage.CallRecord.Outcome;
import dev.drawbridge.usage.CallRecord.Times;
import dev.drawbridge.usage.CallRecord.Who;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of calls as tests need them. */
public final class Records {
    public static final Instant TIME = Instant.parse("2026-03-14T15:09:26.535Z");

    private Records() {}

    public static CallRecord record(String id) {
        return record(id, TIME);
    }

    public static CallRecord record(String id, Instant time) {
        return of(id, time, "key-1", new Usage(10, 3, 5, 2, Usage.Origin.REPORTED), "0.25");
    }

    public static CallRecord of(String id, Instant time, String key, Usage usage, String euros) {
        return new CallRecord(
                id,
                "request-" + id,
                time,
                new Who("someone", key, "user-1", "project-1", "team-1"),
                Operation.CHAT,
                "model-1",
                new Outcome("lab", "model-1-fp8", "", 1, 200, ""),
                new Times(OptionalLong.of(2), OptionalLong.of(150), 900),
                Optional.of(usage),
                euros.isEmpty()
                        ? Cost.UNKNOWN
                        : new Cost(Optional.of(new Money(new BigDecimal(euros), "EUR")), "config:model-1"),
                Map.of("stage", "test"));
    }

    /** One that a model of another name has answered: by an alias, or a fallback. */
    public static CallRecord answeredBy(String route, CallRecord call) {
        Outcome outcome = call.outcome();
        return new CallRecord(
                call.id(),
                call.request(),
                call.time(),
                call.who(),
                call.operation(),
                call.model(),
                new Outcome(
                        outcome.upstream(),
                        outcome.target(),
                        route,
                        outcome.attempts(),
                        outcome.status(),
                        outcome.failure()),
                call.times(),
                call.usage(),
                call.cost(),
                call.labels());
    }

    /** One that no upstream was asked for. */
    public static CallRecord refused(String id, Instant time) {
        return new CallRecord(
                id,
                "request-" + id,
                time,
                new Who("someone", "key-1", "", "", ""),
                Operation.CHAT,
                "model-1",
                new Outcome("", "", "", 0, 429, "RATE_LIMITED"),
                new Times(OptionalLong.empty(), 1),
                Optional.empty(),
                Cost.UNKNOWN,
                Map.of());
    }
}
