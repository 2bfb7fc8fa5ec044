package dev.drawbridge.usage.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * A record as a line of text: eight hexadecimal digits of CRC-32C, a space, JSON, a line feed. What is empty is left
 * out; texts that clients choose are shortened, and what no database takes is taken out of them.
 */
public final class RecordLine {
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    /** The names of fields, encoded once. */
    private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

    private static final int USUAL_LENGTH = 512;
    private static final int DIGITS = 8;
    private static final int LONGEST_TEXT = 256;
    private static final int MOST_LABELS = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private RecordLine() {}

    public static byte[] of(CallRecord call) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_LENGTH);
        line.writeBytes(new byte[DIGITS]);
        line.write(' ');
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            head(json, call);
            usage(json, call);
            texts(json, "labels", call.labels());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.write('\n');
        byte[] bytes = line.toByteArray();
        long sum = sum(bytes, 0, bytes.length - 1);
        for (int i = DIGITS - 1; i >= 0; i--, sum >>>= 4) {
            bytes[i] = HEX[(int) (sum & 15)];
        }
        return bytes;
    }

    private static void head(JsonGenerator json, CallRecord call) throws IOException {
        text(json, "id", call.id());
        text(json, "request", call.request());
        whole(json, "at", call.time().toEpochMilli());
        Who who = call.who();
        text(json, "caller", who.caller());
        text(json, "key", who.key());
        text(json, "user", who.user());
        text(json, "project", who.project());
        text(json, "team", who.team());
        text(json, "operation", call.operation().name());
        text(json, "model", call.model());
        Outcome outcome = call.outcome();
        text(json, "upstream", outcome.upstream());
        text(json, "target", outcome.target());
        whole(json, "attempts", outcome.attempts());
        whole(json, "status", outcome.status());
        text(json, "failure", outcome.failure());
        Times times = call.times();
        number(json, "queue", times.queue().orElse(0));
        number(json, "first", times.firstToken().orElse(0));
        whole(json, "total", times.total());
    }

    private static void usage(JsonGenerator json, CallRecord call) throws IOException {
        if (call.usage().isPresent()) {
            Usage usage = call.usage().get();
            whole(json, "input", usage.input());
            number(json, "cached", usage.cachedInput());
            whole(json, "output", usage.output());
            number(json, "reasoning", usage.reasoning());
            text(json, "origin", usage.origin().name());
            if (!usage.more().amounts().isEmpty()) {
                json.writeObjectFieldStart("more");
                for (Map.Entry<Unit, Long> unit : usage.more().amounts().entrySet()) {
                    json.writeNumberField(unit.getKey().name(), unit.getValue());
                }
                json.writeEndObject();
            }
            if (!usage.more().variant().isEmpty()) {
                text(json, "variant", String.join(" ", usage.more().variant()));
            }
        }
        if (call.cost().money().isPresent()) {
            Money money = call.cost().money().get();
            text(json, "cost", money.amount().toPlainString());
            text(json, "currency", money.currency());
            text(json, "price", call.cost().price());
        }
    }

    private static void number(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            whole(json, name, value);
        }
    }

    private static void whole(JsonGenerator json, String name, long value) throws IOException {
        json.writeFieldName(NAMES.computeIfAbsent(name, SerializedString::new));
        json.writeNumber(value);
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeFieldName(NAMES.computeIfAbsent(name, SerializedString::new));
            json.writeString(safe(value));
        }
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeObjectFieldStart(name);
            int left = MOST_LABELS;
            for (Map.Entry<String, String> one : values.entrySet()) {
                if (left-- == 0) {
                    break;
                }
                json.writeStringField(safe(one.getKey()), safe(one.getValue()));
            }
            json.writeEndObject();
        }
    }

    /** No control characters, which PostgreSQL refuses, no halves of characters, which UTF-8 cannot say, no novels. */
    private static String safe(String text) {
        boolean good = text.length() <= LONGEST_TEXT;
        for (int i = 0; good && i < text.length(); i++) {
            char one = text.charAt(i);
            good = one >= ' ' && !Character.isSurrogate(one);
        }
        if (good) {
            return text;
        }
        StringBuilder clean = new StringBuilder(LONGEST_TEXT);
        text.substring(0, Math.min(LONGEST_TEXT, text.length()))
                .codePoints()
                .map(one -> one < ' ' || (one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE) ? '_' : one)
                .forEach(clean::appendCodePoint);
        return clean.toString();
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
