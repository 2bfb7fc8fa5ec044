package dev.drawbridge.usage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.Records;
import dev.drawbridge.usage.account.Reconciliation.Comparison;
import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.LedgerLab;
import dev.drawbridge.usage.ledger.LedgerPages;
import dev.drawbridge.usage.ledger.UsageSum;
import dev.drawbridge.usage.price.PriceBook;
import dev.drawbridge.usage.price.PriceTerms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What accountants do, on each database. */
@ParameterizedClass
@EnumSource
class AccountTest {
    private static final Instant MARCH = Instant.parse("2026-03-14T15:09:26Z");
    private static final YearMonth MONTH = YearMonth.of(2026, 3);
    private static final Usage TOKENS = new Usage(1_000_000, 0, 100_000, 0, Usage.Origin.REPORTED);
    private static final Usage ESTIMATE = new Usage(10, 0, 10, 0, Usage.Origin.ESTIMATED);

    private final Engine engine;

    @TempDir
    private Path dir;

    private LedgerLab lab;
    private LiveConfig config;
    private PriceBook prices;
    private Periods periods;

    AccountTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        lab = new LedgerLab(dir, engine.settings(dir));
        config = Configs.live(dir, "upstreams: [{name: lab, kind: demo}]\n");
        prices = new PriceBook(config);
        periods = new Periods(
                lab.database, lab.queries, Clock.fixed(Instant.parse("2026-05-02T00:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        config.close();
        lab.close();
    }

    @Test
    void what_had_no_price_gets_it_later_and_what_had_one_keeps_it() {
        lab.add(
                Records.of("1", MARCH, "a", TOKENS, ""),
                Records.of("2", MARCH, "a", TOKENS, "7"),
                Records.refused("3", MARCH));
        Repricing repricing = new Repricing(lab.database, lab.pages, prices);
        assertThat(repricing.run()).isEqualTo(new Repricing.Result(0, 1));

        enter("2");
        assertThat(repricing.run()).isEqualTo(new Repricing.Result(1, 0));

        List<CallRecord.Cost> costs = lab.pages.after(0, 10, Map.of()).stream()
                .map(LedgerPages.Row::call)
                .map(CallRecord::cost)
                .toList();
        assertThat(costs.get(0).money().orElseThrow().amount()).isEqualByComparingTo("2.2");
        assertThat(costs.get(0).price()).isEqualTo("price:model-1-fp8@1");
        assertThat(costs.get(1).money().orElseThrow().amount()).isEqualByComparingTo("7");
        assertThat(costs.get(2).money()).isEmpty();
        assertThat(cost(sums(MONTH))).isEqualByComparingTo("9.2");
    }

    @Test
    void a_model_of_another_name_gets_the_price_of_its_own() {
        lab.add(
                Records.answeredBy("small", Records.of("fallback", MARCH, "a", TOKENS, "")),
                Records.of("itself", MARCH, "a", TOKENS, ""));
        enter("small", "2");

        assertThat(new Repricing(lab.database, lab.pages, prices).run()).isEqualTo(new Repricing.Result(1, 1));
        enter("model-1", "100");
        assertThat(new Repricing(lab.database, lab.pages, prices).run()).isEqualTo(new Repricing.Result(1, 0));

        assertThat(lab.pages.after(0, 10, Map.of()))
                .extracting(row -> row.call().cost().price())
                .containsExactly("price:small@1", "price:model-1@1");
    }

    @Test
    void a_closed_month_never_changes_and_what_comes_late_is_counted_after_it() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "1"), Records.of("2", MARCH, "a", TOKENS, ""));
        Periods.Period closed = close(MONTH);
        lab.add(Records.of("3", MARCH, "a", TOKENS, "10"));
        enter("2");

        assertThat(new Repricing(lab.database, lab.pages, prices).run()).isEqualTo(new Repricing.Result(0, 0));
        assertThat(cost(sums(MONTH))).isEqualByComparingTo("1");
        assertThat(cost(sums(MONTH.plusMonths(1)))).isEqualByComparingTo("10");
        assertThat(periods.isIntact(closed)).isTrue();
        assertThat(periods.all()).extracting(Periods.Period::seal).containsExactly(closed.seal());
    }

    @Test
    void a_seal_tells_of_changes() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "1"));
        Periods.Period closed = close(MONTH);
        int changed = lab.database.write(handle -> handle.execute("update usage_hour set cost = cost + 1"));

        assertThat(changed).isOne();
        assertThat(periods.isIntact(closed)).isFalse();
    }

    @Test
    void a_month_is_closed_once_and_not_before_its_end() {
        close(MONTH);

        assertThatThrownBy(() -> close(MONTH)).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> close(YearMonth.of(2026, 5)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("not over");
    }

    @Test
    void of_two_who_close_a_month_at_the_same_time_one_is_told_so() {
        Periods.Period first = periods.seal(MONTH, "anna");
        Periods.Period second = periods.seal(MONTH, "bert");
        periods.keep(first);

        assertThatThrownBy(() -> periods.keep(second))
                .isInstanceOfSatisfying(
                        GatewayException.class, late -> assertThat(late.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(periods.find(MONTH).orElseThrow().closedBy()).isEqualTo("anna");
    }

    @Test
    void a_month_is_not_closed_where_the_audit_cannot_have_it() {
        Periods.Period sealed = periods.seal(MONTH, "anna");

        assertThatThrownBy(() -> lab.database.write(handle -> {
                    periods.keep(sealed);
                    throw new IllegalStateException("no audit");
                }))
                .hasMessage("no audit");
        assertThat(periods.find(MONTH)).isEmpty();
        assertThat(close(MONTH).month()).isEqualTo(MONTH);
    }

    private Periods.Period close(YearMonth month) {
        return periods.keep(periods.seal(month, "anna"));
    }

    @Test
    void an_invoice_that_is_right_has_no_differences() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "1.234"));

        Comparison comparison =
                compare(line("model-1-fp8", 1, 1_000_000, 100_000, "1.23")).getFirst();

        assertThat(comparison.reasons()).isEmpty();
        assertThat(comparison.cost()).isEqualByComparingTo("1.234");
    }

    @Test
    void differences_are_explained() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "1"));
        assertThat(compare(line("model-1-fp8", 1, 1_000_000, 100_000, "2"))
                        .getFirst()
                        .reasons())
                .singleElement()
                .asString()
                .contains("another price");
        assertThat(compare(line("model-1-fp8", 3, 3_000_000, 300_000, "3"))
                        .getFirst()
                        .reasons())
                .first()
                .asString()
                .contains("past this gateway");
        assertThat(compare(line("other", 1, 1, 1, "1")))
                .extracting(Comparison::model, one -> one.theirs().isPresent())
                .containsExactly(tuple("model-1-fp8", false), tuple("other", true));

        lab.add(Records.of("2", MARCH, "a", ESTIMATE, ""));
        assertThat(compare(line("model-1-fp8", 2, 1_000_020, 100_000, "2"))
                        .getFirst()
                        .reasons())
                .anySatisfy(reason -> assertThat(reason).contains("1 calls are estimates"))
                .anySatisfy(reason -> assertThat(reason).contains("cost of 1 calls is not known"));
    }

    @Test
    void lines_of_the_same_day_and_model_are_added_up() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "3"));
        Invoice.Line input = new Invoice.Line(
                LocalDate.of(2026, 3, 14),
                "model-1-fp8",
                OptionalLong.empty(),
                OptionalLong.of(1_000_000),
                OptionalLong.empty(),
                Optional.of(new BigDecimal("1")));
        Invoice.Line output = new Invoice.Line(
                LocalDate.of(2026, 3, 14),
                "model-1-fp8",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(100_000),
                Optional.of(new BigDecimal("2")));

        Comparison both = compare("EUR", input, output).getFirst();

        assertThat(both.reasons()).isEmpty();
        assertThat(both.theirs().flatMap(Invoice.Line::amount)).contains(new BigDecimal("3"));
    }

    @Test
    void an_invoice_in_another_currency_is_told_so() {
        lab.add(Records.of("1", MARCH, "a", TOKENS, "1"));

        assertThat(compare("USD", line("model-1-fp8", 1, 1_000_000, 100_000, "1"))
                        .getFirst()
                        .reasons())
                .singleElement()
                .asString()
                .contains("another currency", "EUR");
    }

    private List<Comparison> compare(Invoice.Line line) {
        return compare("EUR", line);
    }

    private List<Comparison> compare(String currency, Invoice.Line... lines) {
        return new Reconciliation(lab.queries).compare(new Invoice("lab", currency, List.of(lines)));
    }

    private static Invoice.Line line(String model, long requests, long input, long output, String amount) {
        return new Invoice.Line(
                LocalDate.of(2026, 3, 14),
                model,
                OptionalLong.of(requests),
                OptionalLong.of(input),
                OptionalLong.of(output),
                Optional.of(new BigDecimal(amount)));
    }

    private void enter(String price) {
        enter("model-1-fp8", price);
    }

    private void enter(String model, String price) {
        BigDecimal amount = new BigDecimal(price);
        prices.enter(
                model,
                1,
                new PriceTerms(
                        "lab",
                        model,
                        "EUR",
                        Instant.EPOCH,
                        Map.of("input", amount, "output", amount),
                        List.of(),
                        List.of()));
    }

    private List<UsageSum> sums(YearMonth month) {
        return periods.sums(month, List.of(Grouping.TEAM)).stream()
                .filter(sum -> !sum.cost().isEmpty())
                .toList();
    }

    private static BigDecimal cost(List<UsageSum> sums) {
        return sums.getFirst().cost().getOrDefault("EUR", BigDecimal.ZERO);
    }
}
