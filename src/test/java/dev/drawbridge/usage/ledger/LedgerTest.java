package dev.drawbridge.usage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.Records;
import dev.drawbridge.usage.ledger.UsageQuestion.Series;
import dev.drawbridge.usage.ledger.UsageQuestion.Step;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger on each database. */
@ParameterizedClass
@EnumSource
class LedgerTest {
    private static final Instant HOUR = Records.TIME.truncatedTo(ChronoUnit.HOURS);
    private static final Usage TOKENS = new Usage(100, 40, 20, 5, Usage.Origin.REPORTED);

    private final Engine engine;

    @TempDir
    private Path dir;

    private Map<String, String> settings;
    private LedgerLab lab;

    LedgerTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void begin() {
        settings = engine.settings(dir);
        open();
    }

    private void open() {
        lab = new LedgerLab(dir, settings);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_record_comes_back_as_it_was() {
        CallRecord full = Records.of(
                "1",
                Records.TIME,
                "k",
                new Usage(10, 3, 5, 2, Usage.Origin.PARTIAL, new Usage.More(Map.of(Unit.IMAGE, 2L), Set.of("high"))),
                "0.000000000001");
        lab.add(full, Records.refused("2", Records.TIME));

        assertThat(lab.pages.after(0, 10, Map.of()))
                .extracting(LedgerPages.Row::call)
                .usingRecursiveFieldByFieldElementComparator()
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .contains(full);
        assertThat(lab.ids()).containsExactly("1", "2");
    }

    @Test
    void a_record_that_comes_twice_is_there_once() {
        lab.add(Records.record("1"), Records.record("1"));
        lab.add(Records.record("1"), Records.record("2"));

        assertThat(lab.ids()).containsExactly("1", "2");
    }

    @Test
    void nothing_comes_again_after_a_restart() {
        lab.add(Records.record("1"), Records.record("2"));
        lab.close();
        open();
        lab.add(Records.record("3"));

        assertThat(lab.ids()).containsExactly("1", "2", "3");
        assertThat(lab.ledger.state().moved()).isOne();
    }

    @Test
    void pages_go_on_where_they_ended() {
        lab.add(IntStream.range(0, 25).mapToObj(i -> Records.record("r" + i)).toArray(CallRecord[]::new));

        List<LedgerPages.Row> first = lab.pages.after(0, 10, Map.of());
        List<LedgerPages.Row> rest = lab.pages.after(first.getLast().seq(), 100, Map.of());

        assertThat(first).hasSize(10);
        assertThat(rest).hasSize(15).noneMatch(first::contains);
        assertThat(lab.pages.after(0, 10, Map.of(Grouping.KEY, Set.of("nobody"))))
                .isEmpty();
    }

    @Test
    void sums_are_the_same_before_and_after_the_hours_have_theirs() {
        lab.add(
                Records.of("1", HOUR, "a", TOKENS, "0.1"),
                Records.of("2", HOUR.plusSeconds(3599), "a", TOKENS, "0.2"),
                Records.of("3", HOUR.plusSeconds(3600), "b", TOKENS, ""),
                Records.refused("4", HOUR));
        UsageQuestion byKey = new UsageQuestion(List.of(Grouping.KEY), Instant.EPOCH, Instant.MAX);
        List<UsageSum> before = lab.queries.sums(byKey);
        sums(HOUR.plus(Duration.ofDays(1))).renew();

        assertThat(lab.queries.sums(byKey)).isEqualTo(before);
        assertThat(before).extracting(sum -> sum.group().get("key")).containsExactly("a", "b", "key-1");
        assertThat(before.getFirst().counts())
                .isEqualTo(new UsageSum.Counts(2, 0, 0, 0, new UsageSum.Tokens(200, 80, 40, 10)));
        assertThat(before.getFirst().cost().get("EUR")).isEqualByComparingTo("0.3");
        assertThat(before.get(1).counts().unpriced()).isOne();
        assertThat(before.get(2).counts().failed()).isOne();
    }

    @Test
    void a_record_that_comes_late_is_in_the_sums_at_once() {
        lab.add(Records.of("1", HOUR, "a", TOKENS, "0.1"));
        sums(HOUR.plus(Duration.ofDays(1))).renew();
        lab.add(Records.of("2", HOUR, "a", TOKENS, "0.2"));

        assertThat(total()).isEqualByComparingTo("0.3");
        sums(HOUR.plus(Duration.ofDays(1))).renew();
        assertThat(total()).isEqualByComparingTo("0.3");
    }

    @Test
    void days_begin_where_the_zone_says() {
        lab.add(
                Records.of("1", Instant.parse("2026-03-14T22:30:00Z"), "a", TOKENS, "1"),
                Records.of("2", Instant.parse("2026-03-14T23:30:00Z"), "a", TOKENS, "1"));

        assertThat(days(ZoneOffset.UTC)).containsExactly("2026-03-14");
        assertThat(days(ZoneId.of("Europe/Paris"))).containsExactly("2026-03-14", "2026-03-15");
    }

    private List<String> days(ZoneId zone) {
        UsageQuestion question = new UsageQuestion(
                List.of(), List.of(), new Series(Step.DAY, zone), Instant.EPOCH, Instant.MAX, Map.of());
        return lab.queries.sums(question).stream()
                .map(sum -> sum.group().get("day"))
                .toList();
    }

    @Test
    void minutes_and_labels_are_taken_from_the_records() {
        lab.add(Records.of("1", HOUR, "a", TOKENS, "1"), Records.of("2", HOUR.plusSeconds(60), "a", TOKENS, "2"));
        sums(HOUR.plus(Duration.ofDays(1))).renew();

        UsageQuestion minutes = new UsageQuestion(List.of(), HOUR.plusSeconds(30), HOUR.plusSeconds(90));
        assertThat(lab.queries.sums(minutes).getFirst().cost().get("EUR")).isEqualByComparingTo("2");
        UsageQuestion labels = new UsageQuestion(
                List.of(), List.of("stage", "other"), Series.NONE, Instant.EPOCH, Instant.MAX, Map.of());
        assertThat(lab.queries.sums(labels).getFirst().group())
                .containsEntry("label:stage", "test")
                .containsEntry("label:other", "");
    }

    @Test
    void a_record_that_comes_after_its_hour_was_closed_is_in_the_same_hour_for_every_question() {
        long next = HourlySums.hour(HOUR) + 1;
        int closed = lab.database.write(handle -> handle.execute("update ledger_clock set open_hour = ?", next));
        lab.add(Records.of("late", HOUR, "a", TOKENS, "1"));

        assertThat(closed).isOne();
        for (List<String> labels : List.of(List.<String>of(), List.of("stage"))) {
            assertThat(lab.queries.sums(ofHour(labels, HOUR))).isEmpty();
            assertThat(lab.queries.sums(ofHour(labels, HOUR.plusSeconds(3600)))).hasSize(1);
        }
    }

    private static UsageQuestion ofHour(List<String> labels, Instant hour) {
        return new UsageQuestion(List.of(), labels, Series.NONE, hour, hour.plusSeconds(3600), Map.of());
    }

    @Test
    void what_somebody_has_spent_is_told_by_model() {
        lab.add(Records.of("1", HOUR, "a", TOKENS, "1"), Records.of("2", HOUR, "b", TOKENS, "2"));

        assertThat(spent(Map.of(Grouping.KEY, "b"))).isEqualByComparingTo("2");
        assertThat(spent(Map.of())).isEqualByComparingTo("3");
        assertThat(lab.queries.spent(Map.of(), HOUR.plusSeconds(3600), Instant.MAX))
                .isEmpty();
    }

    @Test
    void old_records_go_and_their_sums_stay() {
        lab.add(
                Records.of("1", HOUR, "a", TOKENS, "1"),
                Records.of("2", HOUR.plus(Duration.ofDays(60)), "a", TOKENS, "2"));
        HourlySums sums = sums(HOUR.plus(Duration.ofDays(61)));
        sums.renew();
        sums.prune(Duration.ofDays(32));

        assertThat(lab.ids()).containsExactly("2");
        assertThat(total()).isEqualByComparingTo("3");
        // And what comes later still than that is counted where there are records.
        lab.add(Records.of("3", HOUR, "a", TOKENS, "4"));
        sums.renew();
        assertThat(total()).isEqualByComparingTo("7");
    }

    private BigDecimal spent(Map<Grouping, String> by) {
        return lab.queries
                .spent(by, HOUR, Instant.MAX)
                .getOrDefault("model-1", Collections.emptySortedMap())
                .getOrDefault("EUR", BigDecimal.ZERO);
    }

    private HourlySums sums(Instant now) {
        return new HourlySums(lab.database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private BigDecimal total() {
        return lab.queries
                .sums(new UsageQuestion(List.of(), Instant.EPOCH, Instant.MAX))
                .getFirst()
                .cost()
                .getOrDefault("EUR", BigDecimal.ZERO);
    }
}
