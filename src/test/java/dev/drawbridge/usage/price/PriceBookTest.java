package dev.drawbridge.usage.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceBookTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final String CONFIG = """
            upstreams:
              - {name: a, kind: openai, base-url: "http://127.0.0.1:1/v1"}
              - {name: b, kind: openai, base-url: "http://127.0.0.1:2/v1"}
              - {name: ovh, kind: ovhcloud}
            models:
              - id: m
                aliases: [alias]
                targets:
                  - {upstream: a, model: m-at-a, price: {currency: EUR, input: 1, minute: 0.5, date: "2026-01-01"}}
                  - {upstream: b, model: m-at-b}
                price: {currency: USD, input: 2, output: 3}
              - id: long
                targets:
                  - upstream: a
                    price: {currency: EUR, input: 1, output: 2, tiers: [{above: 1000, input: 3}]}
              - id: l
                targets: [{upstream: ovh, model: llama-3-3-70b-instruct}]
            rates:
              - {from: USD, to: EUR, rate: 0.8}
              - {from: USD, to: EUR, rate: 0.9, date: "2026-04-01"}
              - {from: GBP, to: USD, rate: 1.25}
            """;

    @TempDir
    private Path dir;

    private LiveConfig config;
    private PriceBook book;
    private Rates rates;

    @BeforeEach
    void open() {
        config = Configs.live(dir, CONFIG);
        book = new PriceBook(config);
        rates = new Rates(config);
    }

    @AfterEach
    void close() {
        config.close();
    }

    @Test
    void a_target_has_its_own_price_then_the_models_then_the_catalogues() {
        assertThat(input("a", "m-at-a", "m")).contains("1 EUR");
        assertThat(input("b", "m-at-b", "m")).contains("2 USD");
        assertThat(input("ovh", "Meta-Llama-3_3-70B-Instruct", "l")).contains("0.74 USD");
        assertThat(book.at("a", "m-at-a", "m", NOW).orElseThrow().version()).isEqualTo("config:m/a@2026-01-01");
        assertThat(book.at("a", "m-at-a", "m", NOW).orElseThrow().per())
                .containsEntry(Unit.MINUTE, new BigDecimal("0.5"));
    }

    @Test
    void a_target_is_found_by_whichever_name_was_asked_for() {
        assertThat(input("b", "m-at-b", "alias")).contains("2 USD");
        assertThat(input("a", "m-at-a", "another-with-this-fallback")).contains("1 EUR");
    }

    @Test
    void what_nobody_has_a_price_for_is_unknown() {
        assertThat(input("a", "other", "other")).isEmpty();
        assertThat(book.cost(new Place("a", "other", "other"), new Usage(1, 0, 1, 0, Usage.Origin.REPORTED), NOW)
                        .money())
                .isEmpty();
    }

    @Test
    void entered_prices_come_first_and_hold_from_their_date_on() {
        book.enter("1", 1, terms("a", "m-at-a", "2026-02-01T00:00:00Z", "10"));
        book.enter("2", 3, terms("a", "m-at-a", "2026-04-01T00:00:00Z", "20"));
        book.enter("3", 1, terms("", "m", "2026-03-01T00:00:00Z", "30"));

        assertThat(input("a", "m-at-a", "m")).contains("20 EUR");
        assertThat(book.at("a", "m-at-a", "m", NOW).orElseThrow().version()).isEqualTo("price:2@3");
        assertThat(at("2026-03-31T23:59:59Z")).contains("10 EUR");
        assertThat(at("2026-01-31T23:59:59Z")).contains("1 EUR");
        assertThat(input("b", "m-at-b", "m")).contains("30 EUR");

        book.remove("2");
        assertThat(input("a", "m-at-a", "m")).contains("10 EUR");
    }

    @Test
    void a_cost_says_which_price_it_was_reckoned_by() {
        var cost = book.cost(new Place("b", "m-at-b", "m"), new Usage(1000, 0, 100, 0, Usage.Origin.REPORTED), NOW);

        assertThat(cost.price()).isEqualTo("config:m");
        assertThat(cost.money()).contains(new Money(new BigDecimal("0.0023"), "USD"));
    }

    @Test
    void cached_tokens_of_a_long_prompt_cost_what_the_others_of_it_do_where_nothing_else_is_said() {
        Usage prompt = new Usage(1_000_000, 400_000, 0, 0, Usage.Origin.REPORTED);

        assertThat(book.cost(new Place("a", "long", "long"), prompt, NOW).money())
                .contains(new Money(new BigDecimal("3"), "EUR"));
    }

    @Test
    void rates_hold_from_their_date_on_in_both_directions_and_by_way_of_others() {
        assertThat(euros("10", "USD", NOW)).isEqualByComparingTo("9");
        assertThat(euros("10", "USD", Instant.parse("2026-03-31T23:59:59Z"))).isEqualByComparingTo("8");
        assertThat(euros("10", "GBP", NOW)).isEqualByComparingTo("11.25");
        assertThat(euros("10", "EUR", NOW)).isEqualByComparingTo("10");
        assertThat(rates.convert(new Money(new BigDecimal("9"), "EUR"), "USD", NOW)
                        .orElseThrow())
                .isEqualByComparingTo("10");
        assertThat(rates.convert(new Money(BigDecimal.ONE, "EUR"), "JPY", NOW)).isEmpty();
    }

    @Test
    void entered_rates_come_first() {
        rates.enter("1", new RateTerms("USD", "EUR", new BigDecimal("0.5"), Instant.EPOCH));

        assertThat(euros("10", "USD", NOW)).isEqualByComparingTo("5");
        rates.remove("1");
        assertThat(euros("10", "USD", NOW)).isEqualByComparingTo("9");
    }

    private BigDecimal euros(String amount, String currency, Instant when) {
        return rates.convert(new Money(new BigDecimal(amount), currency), "EUR", when)
                .orElseThrow();
    }

    private Optional<String> at(String when) {
        return book.at("a", "m-at-a", "m", Instant.parse(when)).map(PriceBookTest::input);
    }

    private Optional<String> input(String upstream, String target, String model) {
        return book.at(upstream, target, model, NOW).map(PriceBookTest::input);
    }

    private static String input(Price price) {
        return price.per().getOrDefault(Unit.INPUT, BigDecimal.ZERO) + " " + price.currency();
    }

    private static PriceTerms terms(String upstream, String model, String from, String input) {
        return new PriceTerms(
                upstream,
                model,
                "EUR",
                Instant.parse(from),
                Map.of("input", new BigDecimal(input)),
                List.of(),
                List.of());
    }
}
