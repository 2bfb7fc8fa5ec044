package dev.drawbridge.usage.account;

import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.UsageQueries;
import dev.drawbridge.usage.ledger.UsageQuestion;
import dev.drawbridge.usage.ledger.UsageQuestion.Series;
import dev.drawbridge.usage.ledger.UsageQuestion.Step;
import dev.drawbridge.usage.ledger.UsageSum;
import dev.drawbridge.usage.ledger.UsageSum.Counts;
import dev.drawbridge.usage.ledger.UsageSum.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares a vendor's figures with the ledger's, and says why they differ. */
@Singleton
public class Reconciliation {
    private static final Counts NONE = new Counts(0, 0, 0, 0, new Tokens(0, 0, 0, 0));

    private final UsageQueries queries;

    /**
     * One model on one day.
     *
     * @param ours what the ledger says
     * @param cost what the ledger says, in the invoice's currency
     * @param theirs empty where the invoice has nothing
     * @param reasons why they differ; none where they do not
     */
    public record Comparison(
            LocalDate day,
            String model,
            Counts ours,
            BigDecimal cost,
            Optional<Invoice.Line> theirs,
            List<String> reasons) {}

    private record Key(LocalDate day, String model) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::day).thenComparing(Key::model);
    }

    @Inject
    public Reconciliation(UsageQueries queries) {
        this.queries = queries;
    }

    /** All days from the first of the invoice to its last. */
    public List<Comparison> compare(Invoice invoice) {
        Map<Key, Optional<Invoice.Line>> keys = new TreeMap<>(Key.ORDER);
        Map<Key, UsageSum> ours = new LinkedHashMap<>();
        for (UsageSum sum : sums(invoice)) {
            Key key = new Key(
                    LocalDate.parse(sum.group().getOrDefault("day", "")),
                    sum.group().getOrDefault(Grouping.TARGET.word(), ""));
            ours.put(key, sum);
            keys.put(key, Optional.empty());
        }
        invoice.lines()
                .forEach(line -> keys.merge(
                        new Key(line.day(), line.model()),
                        Optional.of(line),
                        (known, more) -> known.map(line::plus).or(() -> more)));
        List<Comparison> all = new ArrayList<>();
        keys.forEach((key, line) -> all.add(comparison(key, Optional.ofNullable(ours.get(key)), line, invoice)));
        return all;
    }

    private List<UsageSum> sums(Invoice invoice) {
        Optional<LocalDate> first =
                invoice.lines().stream().map(Invoice.Line::day).min(Comparator.naturalOrder());
        Optional<LocalDate> last =
                invoice.lines().stream().map(Invoice.Line::day).max(Comparator.naturalOrder());
        if (first.isEmpty() || last.isEmpty()) {
            return List.of();
        }
        return queries.sums(new UsageQuestion(
                List.of(Grouping.TARGET),
                List.of(),
                new Series(Step.DAY, ZoneOffset.UTC),
                start(first.get()),
                start(last.get().plusDays(1)),
                Map.of(Grouping.UPSTREAM, Set.of(invoice.upstream()))));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Comparison comparison(
            Key key, Optional<UsageSum> sum, Optional<Invoice.Line> line, Invoice invoice) {
        Counts counts = sum.map(UsageSum::counts).orElse(NONE);
        BigDecimal cost = sum.map(ours -> ours.cost().getOrDefault(invoice.currency(), BigDecimal.ZERO))
                .orElse(BigDecimal.ZERO);
        List<String> reasons = new ArrayList<>();
        if (line.isEmpty()) {
            reasons.add("The invoice does not have it");
        } else if (sum.isEmpty()) {
            reasons.add("The ledger does not have it: calls past this gateway, or another name of the model");
        } else {
            Differences.reasons(sum.get(), invoice.currency(), line.get(), reasons);
        }
        return new Comparison(key.day(), key.model(), counts, cost, line, reasons);
    }
}
