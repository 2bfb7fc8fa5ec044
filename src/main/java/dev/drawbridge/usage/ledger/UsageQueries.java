package dev.drawbridge.usage.ledger;

import dev.drawbridge.store.Database;
import dev.drawbridge.usage.ledger.UsageQuestion.Step;
import dev.drawbridge.usage.ledger.UsageSum.Counts;
import dev.drawbridge.usage.ledger.UsageSum.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

/**
 * Sums of the ledger: by the hourly ones where they are as new as the records, by the records where not. Blocking.
 */
@Singleton
public class UsageQueries {
    static final long HOUR_SECONDS = 3600;

    private static final String SUMS = "sum(requests) requests, sum(failed) failed, sum(estimated) estimated,"
            + " sum(unpriced) unpriced, sum(input) input, sum(cached_input) cached_input, sum(output) output,"
            + " sum(reasoning) reasoning, sum(cost) cost";

    private final Database database;

    @Inject
    public UsageQueries(Database database) {
        this.database = database;
    }

    /** The sums, ordered by what they are told apart by. */
    public List<UsageSum> sums(UsageQuestion question) {
        Map<List<String>, UsageSum> sums = new TreeMap<>(UsageQueries::compare);
        database.read(handle -> {
            try (Query query = handle.createQuery(UsageSql.of(question, SUMS))) {
                UsageSql.bind(query, question);
                query.map((row, context) -> sum(row, question))
                        .forEach(sum -> sums.merge(List.copyOf(sum.group().values()), sum, UsageSum::plus));
            }
            return sums.size();
        });
        return List.copyOf(sums.values());
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static UsageSum sum(ResultSet row, UsageQuestion question) throws SQLException {
        Map<String, String> group = new LinkedHashMap<>();
        if (question.series().step() != Step.NONE) {
            group.put(word(question.series().step()), time(row.getLong("at_hour"), question.series()));
        }
        for (Grouping by : question.by()) {
            group.put(by.word(), row.getString(by.column()));
        }
        for (int i = 0; i < question.labels().size(); i++) {
            group.put("label:" + question.labels().get(i), row.getString("label" + i));
        }
        SortedMap<String, BigDecimal> cost = new TreeMap<>();
        String currency = row.getString("currency");
        if (!currency.isEmpty()) {
            cost.put(currency, row.getBigDecimal("cost"));
        }
        return new UsageSum(group, counts(row), cost);
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong("requests"),
                row.getLong("failed"),
                row.getLong("estimated"),
                row.getLong("unpriced"),
                new Tokens(
                        row.getLong("input"),
                        row.getLong("cached_input"),
                        row.getLong("output"),
                        row.getLong("reasoning")));
    }

    private static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long hour, UsageQuestion.Series series) {
        ZonedDateTime time = Instant.ofEpochSecond(hour * HOUR_SECONDS).atZone(series.zone());
        return switch (series.step()) {
            case NONE, HOUR -> DateTimeFormatter.ISO_INSTANT.format(time);
            case DAY -> time.toLocalDate().toString();
            case MONTH -> time.toLocalDate().toString().substring(0, 7);
        };
    }

    /**
     * What has been spent since then by calls for one member of the organisation.
     *
     * @param by whose calls; empty for those of all
     * @return amounts by model, as it was asked for, and currency
     */
    public Map<String, SortedMap<String, BigDecimal>> spent(Map<Grouping, String> by, Instant from, Instant to) {
        Map<Grouping, Set<String>> only = new LinkedHashMap<>();
        by.forEach((grouping, id) -> only.put(grouping, Set.of(id)));
        UsageQuestion question =
                new UsageQuestion(List.of(Grouping.MODEL), List.of(), UsageQuestion.Series.NONE, from, to, only);
        Map<String, SortedMap<String, BigDecimal>> spent = new LinkedHashMap<>();
        sums(question).forEach(sum -> spent.put(sum.group().getOrDefault(Grouping.MODEL.word(), ""), sum.cost()));
        return spent;
    }
}
