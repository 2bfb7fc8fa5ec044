package dev.drawbridge.usage.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** A record as a row of the table {@code ledger}, and back. */
final class RecordRow {
    static final String INSERT = """
            insert into ledger (seq, id, request, called_at, at_hour, caller, key_id, user_id, project_id, team_id, operation,
                model, upstream, target, route, attempts, status, failure, queue_ms, first_token_ms, total_ms, origin, input,
                cached_input, output, reasoning, more, cost, currency, price, unpriced, labels)
            values (:seq, :id, :request, :at, :hour, :caller, :key, :user, :project, :team, :operation,
                :model, :upstream, :target, :route, :attempts, :status, :failure, :queue, :first, :total, :origin, :input,
                :cached, :output, :reasoning, :more, :cost, :currency, :price, :unpriced, :labels)""";

    private static final long HOUR_SECONDS = 3600;

    private RecordRow() {}

    static long hour(CallRecord call) {
        return Math.floorDiv(call.time().getEpochSecond(), HOUR_SECONDS);
    }

    static void bind(SqlStatement<?> row, CallRecord call) {
        row.bind("id", call.id())
                .bind("request", call.request())
                .bind("at", OffsetDateTime.ofInstant(call.time(), ZoneOffset.UTC))
                .bind("caller", call.who().caller())
                .bind("key", call.who().key())
                .bind("user", call.who().user())
                .bind("project", call.who().project())
                .bind("team", call.who().team())
                .bind("operation", call.operation().name())
                .bind("model", call.model())
                .bind("upstream", call.outcome().upstream())
                .bind("target", call.outcome().target())
                .bind("route", call.outcome().route())
                .bind("attempts", call.outcome().attempts())
                .bind("status", call.outcome().status())
                .bind("failure", call.outcome().failure())
                .bind("queue", boxed(call.times().queue()))
                .bind("first", boxed(call.times().firstToken()))
                .bind("total", call.times().total())
                .bind("labels", written(call.labels()));
        bindUsage(row, call);
    }

    private static void bindUsage(SqlStatement<?> row, CallRecord call) {
        Optional<Usage> usage = call.usage();
        Optional<Money> money = call.cost().money();
        row.bind("origin", usage.map(used -> used.origin().name()).orElse(""))
                .bind("input", usage.map(Usage::input).orElse(0L))
                .bind("cached", usage.map(Usage::cachedInput).orElse(0L))
                .bind("output", usage.map(Usage::output).orElse(0L))
                .bind("reasoning", usage.map(Usage::reasoning).orElse(0L))
                .bind("more", usage.map(used -> more(used.more())).orElse(""))
                .bind("cost", money.map(Money::amount).orElse(null))
                .bind("currency", money.map(Money::currency).orElse(""))
                .bind("price", call.cost().price())
                .bind("unpriced", usage.isPresent() && money.isEmpty());
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static String written(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        ObjectNode json = Json.object();
        labels.forEach(json::put);
        return text(json);
    }

    private static String more(Usage.More more) {
        if (more.amounts().isEmpty() && more.variant().isEmpty()) {
            return "";
        }
        ObjectNode json = Json.object();
        more.amounts().forEach((unit, amount) -> json.put(unit.word(), amount));
        if (!more.variant().isEmpty()) {
            more.variant().forEach(json.putArray("variant")::add);
        }
        return text(json);
    }

    private static String text(JsonNode json) {
        return new String(JsonCodec.write(json), StandardCharsets.UTF_8);
    }

    static CallRecord read(ResultSet row) throws SQLException {
        return new CallRecord(
                row.getString("id"),
                row.getString("request"),
                row.getObject("called_at", OffsetDateTime.class).toInstant(),
                new CallRecord.Who(
                        row.getString("caller"),
                        row.getString("key_id"),
                        row.getString("user_id"),
                        row.getString("project_id"),
                        row.getString("team_id")),
                Operation.valueOf(row.getString("operation")),
                row.getString("model"),
                new CallRecord.Outcome(
                        row.getString("upstream"),
                        row.getString("target"),
                        row.getString("route"),
                        row.getInt("attempts"),
                        row.getInt("status"),
                        row.getString("failure")),
                new CallRecord.Times(number(row, "queue_ms"), number(row, "first_token_ms"), row.getLong("total_ms")),
                usage(row),
                new CallRecord.Cost(
                        Optional.ofNullable(row.getBigDecimal("cost")).map(amount -> new Money(amount, currency(row))),
                        row.getString("price")),
                labels(row.getString("labels")));
    }

    private static String currency(ResultSet row) {
        try {
            return row.getString("currency");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Usage> usage(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return origin.isEmpty()
                ? Optional.empty()
                : Optional.of(new Usage(
                        row.getLong("input"),
                        row.getLong("cached_input"),
                        row.getLong("output"),
                        row.getLong("reasoning"),
                        Usage.Origin.valueOf(origin),
                        more(row.getString("more"))));
    }

    private static Usage.More more(String text) {
        if (text.isEmpty()) {
            return Usage.More.NONE;
        }
        Map<Unit, Long> amounts = new EnumMap<>(Unit.class);
        Set<String> variant = new LinkedHashSet<>();
        JsonNode json = parsed(text);
        json.properties()
                .forEach(field -> Unit.of(field.getKey())
                        .ifPresent(unit -> amounts.put(unit, field.getValue().asLong())));
        json.path("variant").forEach(word -> variant.add(word.asText()));
        return new Usage.More(Map.copyOf(amounts), Set.copyOf(variant));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            parsed(text)
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
        }
        return Map.copyOf(labels);
    }

    private static JsonNode parsed(String text) {
        try {
            return JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
