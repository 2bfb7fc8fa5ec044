package dev.drawbridge.usage.ledger;

import dev.drawbridge.usage.ledger.UsageQuestion.Step;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** The SQL of a question. Names of columns come from enums, all else is bound. */
final class UsageSql {
    /** What a record counts as, in the columns of {@code usage_hour}. A name that nobody has is not a model. */
    static final String RECORD = "key_id, user_id, project_id, team_id,"
            + " case when upstream = '' and status = 404 then '' else model end model, upstream, target, currency,"
            + " 1 requests, case when status >= 400 then 1 else 0 end failed,"
            + " case when origin = '' or origin = 'REPORTED' then 0 else 1 end estimated,"
            + " case when unpriced then 1 else 0 end unpriced,"
            + " input, cached_input, output, reasoning, coalesce(cost, 0) cost";

    private static final String SUM = "key_id, user_id, project_id, team_id, model, upstream, target, currency,"
            + " requests, failed, estimated, unpriced, input, cached_input, output, reasoning, cost";

    /** PostgreSQL's time goes no further back, nor do calls. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private UsageSql() {}

    static String of(UsageQuestion question, String sums) {
        List<String> columns = new ArrayList<>();
        if (question.series().step() != Step.NONE) {
            columns.add("at_hour");
        }
        question.by().forEach(by -> columns.add(by.column()));
        for (int i = 0; i < question.labels().size(); i++) {
            columns.add("label" + i);
        }
        if (!question.by().contains(Grouping.CURRENCY)) {
            columns.add("currency");
        }
        String all = String.join(", ", columns);
        String only = question.only().keySet().stream()
                .map(by -> by.column() + " in (<only_" + by.column() + ">)")
                .collect(Collectors.joining(" and "));
        return "select " + all + ", " + sums + " from (" + source(question) + ") u"
                + (only.isEmpty() ? "" : " where " + only) + " group by " + all;
    }

    private static String source(UsageQuestion question) {
        if (!question.labels().isEmpty() || !isOfHours(question)) {
            return single(question);
        }
        return "select at_hour, " + SUM + " from usage_hour h where at_hour >= :first and at_hour < :end"
                + " and not exists (select 1 from usage_stale s where s.at_hour = h.at_hour)"
                + " union all select at_hour, " + RECORD + " from ledger l where at_hour >= :first and at_hour < :end"
                + " and exists (select 1 from usage_stale s where s.at_hour = l.at_hour)";
    }

    /**
     * By the records alone: sums of hours know neither labels nor minutes. Whole hours are those that records are counted
     * in, as with sums; only minutes are those of the calls.
     */
    private static String single(UsageQuestion question) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < question.labels().size(); i++) {
            labels.append(
                            ", coalesce((select label_value from ledger_label x where x.seq = l.seq and label_name = :name")
                    .append(i)
                    .append("), '') label")
                    .append(i);
        }
        return "select at_hour, " + RECORD + labels + " from ledger l where at_hour >= :first and "
                + (isOfHours(question) ? "at_hour < :end" : "called_at >= :from and called_at < :to");
    }

    private static boolean isOfHours(UsageQuestion question) {
        return isWhole(from(question)) && isWhole(to(question));
    }

    private static boolean isWhole(Instant time) {
        return time.getNano() == 0 && time.getEpochSecond() % UsageQueries.HOUR_SECONDS == 0;
    }

    private static Instant from(UsageQuestion question) {
        return question.from().isBefore(EARLIEST) ? EARLIEST : question.from();
    }

    private static Instant to(UsageQuestion question) {
        return question.to().isAfter(LATEST) ? LATEST : question.to();
    }

    static void bind(Query query, UsageQuestion question) {
        Instant from = from(question);
        Instant to = to(question);
        query.bind("first", Math.floorDiv(from.getEpochSecond(), UsageQueries.HOUR_SECONDS))
                .bind("end", Math.floorDiv(to.getEpochSecond(), UsageQueries.HOUR_SECONDS))
                .bind("from", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                .bind("to", OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
        for (int i = 0; i < question.labels().size(); i++) {
            query.bind("name" + i, question.labels().get(i));
        }
        for (Map.Entry<Grouping, Set<String>> only : question.only().entrySet()) {
            query.bindList("only_" + only.getKey().column(), List.copyOf(only.getValue()));
        }
    }
}
