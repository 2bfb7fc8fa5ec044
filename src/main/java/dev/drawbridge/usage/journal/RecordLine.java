package dev.drawbridge.usage.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.CallRecord.Cost;
import dev.drawbridge.usage.CallRecord.Outcome;
import dev.drawbridge.usage.CallRecord.Times;
import dev.drawbridge.usage.CallRecord.Who;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A record as a line of text: eight hexadecimal digits of CRC-32C, a space, JSON, a line feed. What is empty is left
 * out; texts that clients choose are shortened, and what no database takes is taken out of them.
 */
public final class RecordLine {
    private static final int DIGITS = 8;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private RecordLine() {}

    public static byte[] of(CallRecord call) {
        LineWriter line = new LineWriter(DIGITS + 1).begin();
        head(line, call);
        usage(line, call);
        byte[] bytes = line.texts("labels", call.labels()).end().line();
        bytes[DIGITS] = ' ';
        long sum = sum(bytes, 0, bytes.length - 1);
        for (int i = DIGITS - 1; i >= 0; i--, sum >>>= 4) {
            bytes[i] = HEX[(int) (sum & 15)];
        }
        return bytes;
    }

    private static void head(LineWriter line, CallRecord call) {
        Who who = call.who();
        Outcome outcome = call.outcome();
        Times times = call.times();
        line.text("id", call.id())
                .text("request", call.request())
                .number("at", call.time().toEpochMilli())
                .text("caller", who.caller())
                .text("key", who.key())
                .text("user", who.user())
                .text("project", who.project())
                .text("team", who.team())
                .text("operation", call.operation().name())
                .text("model", call.model())
                .text("upstream", outcome.upstream())
                .text("target", outcome.target())
                .text("route", outcome.route())
                .number("attempts", outcome.attempts())
                .number("status", outcome.status())
                .text("failure", outcome.failure())
                .some("queue", times.queue().orElse(0))
                .some("first", times.firstToken().orElse(0))
                .number("total", times.total());
    }

    private static void usage(LineWriter line, CallRecord call) {
        if (call.usage().isPresent()) {
            Usage usage = call.usage().get();
            line.number("input", usage.input())
                    .some("cached", usage.cachedInput())
                    .number("output", usage.output())
                    .some("reasoning", usage.reasoning())
                    .text("origin", usage.origin().name());
            more(line, usage.more());
        }
        if (call.cost().money().isPresent()) {
            Money money = call.cost().money().get();
            line.text("cost", money.amount().toPlainString())
                    .text("currency", money.currency())
                    .text("price", call.cost().price());
        }
    }

    private static void more(LineWriter line, Usage.More more) {
        if (!more.amounts().isEmpty()) {
            line.object("more");
            more.amounts().forEach((unit, amount) -> line.number(unit.name(), amount));
            line.end();
        }
        line.text("variant", String.join(" ", more.variant()));
    }

    private static long sum(byte[] bytes, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from + DIGITS + 1, to - from - DIGITS - 1);
        return sum.getValue();
    }

    /**
     * The record of a line, or empty where it is none: torn, or damaged.
     *
     * @param to where its line feed is
     */
    static Optional<CallRecord> read(byte[] bytes, int from, int to) {
        if (to - from <= DIGITS + 1 || !hex(sum(bytes, from, to)).equals(ascii(bytes, from))) {
            return Optional.empty();
        }
        try {
            return Optional.of(record(JsonCodec.parse(bytes, from + DIGITS + 1, to - from - DIGITS - 1)));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static String hex(long sum) {
        return HexFormat.of().toHexDigits(sum, DIGITS);
    }

    private static String ascii(byte[] bytes, int from) {
        return new String(bytes, from, DIGITS, StandardCharsets.US_ASCII);
    }

    private static CallRecord record(JsonNode json) {
        return new CallRecord(
                json.path("id").asText(),
                json.path("request").asText(),
                Instant.ofEpochMilli(json.path("at").asLong()),
                new Who(
                        json.path("caller").asText(),
                        json.path("key").asText(),
                        json.path("user").asText(),
                        json.path("project").asText(),
                        json.path("team").asText()),
                Operation.valueOf(json.path("operation").asText()),
                json.path("model").asText(),
                new Outcome(
                        json.path("upstream").asText(),
                        json.path("target").asText(),
                        json.path("route").asText(),
                        json.path("attempts").asInt(),
                        json.path("status").asInt(),
                        json.path("failure").asText()),
                new Times(
                        number(json.path("queue")),
                        number(json.path("first")),
                        json.path("total").asLong()),
                json.has("origin") ? Optional.of(usage(json)) : Optional.empty(),
                cost(json),
                labels(json.path("labels")));
    }

    private static OptionalLong number(JsonNode value) {
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Usage usage(JsonNode json) {
        return new Usage(
                json.path("input").asLong(),
                json.path("cached").asLong(),
                json.path("output").asLong(),
                json.path("reasoning").asLong(),
                Usage.Origin.valueOf(json.path("origin").asText()),
                more(json.path("more"), json.path("variant").asText()));
    }

    private static Usage.More more(JsonNode amounts, String variant) {
        if (amounts.isMissingNode() && variant.isEmpty()) {
            return Usage.More.NONE;
        }
        Map<Unit, Long> units = new EnumMap<>(Unit.class);
        amounts.properties()
                .forEach(unit ->
                        units.put(Unit.valueOf(unit.getKey()), unit.getValue().asLong()));
        Set<String> words = new LinkedHashSet<>();
        if (!variant.isEmpty()) {
            words.addAll(List.of(variant.split(" ", -1)));
        }
        return new Usage.More(Map.copyOf(units), Set.copyOf(words));
    }

    private static Cost cost(JsonNode json) {
        return json.has("cost")
                ? new Cost(
                        Optional.of(new Money(
                                new BigDecimal(json.path("cost").asText()),
                                json.path("currency").asText())),
                        json.path("price").asText())
                : Cost.UNKNOWN;
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return Map.copyOf(labels);
    }
}
