package dev.drawbridge.usage.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Unit;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.inference.Usage.More;
import dev.drawbridge.inference.Usage.Origin;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    @ParameterizedTest
    @CsvSource({
        "2.75, 1.375, 11, 8, 0, 34, 0.000396",
        "2.75, 1.375, 11, 8, 8, 34, 0.000385",
        "0.825, 0.825, 2.475, 1000000, 0, 1000000, 3.3",
        "0.1, 0.1, 0, 1, 0, 0, 0.0000001",
        "3, 0.3, 15, 1000, 900, 10, 0.00072",
        "0, 0, 0, 1000, 0, 10, 0",
    })
    void tokens_cost_what_a_million_does_in_proportion(
            String input, String cached, String output, long in, long fromCache, long out, String cost) {
        Price price = tokens(input, cached, output);

        assertThat(cost(price, new Usage(in, fromCache, out, 0, Origin.REPORTED)))
                .isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({"789000, 0.0789", "500, 0.0001", "1000, 0.0001", "1001, 0.0002", "60000, 0.006"})
    void sound_is_billed_by_the_whole_second(long millis, String cost) {
        assertThat(cost(of(Unit.MINUTE, "0.006"), more(Unit.MINUTE, millis))).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({
        "1024x1024, medium, 1, 0.08",
        "1024x1024, high, 1, 0.16",
        "1536x1024, low, 1, 0.16",
        "1536x1024, high, 2, 0.48",
    })
    void images_cost_what_their_kind_does(String size, String quality, long count, String cost) {
        Price price = new Price(
                "v",
                "USD",
                Map.of(Unit.IMAGE, new BigDecimal("0.08")),
                List.of(),
                List.of(
                        image("0.16", "high"),
                        image("0.16", "1536x1024"),
                        image("0.16", "1024x1536"),
                        image("0.24", "high", "1536x1024"),
                        image("0.24", "high", "1024x1536")));
        Usage usage =
                new Usage(0, 0, 0, 0, Origin.REPORTED, new More(Map.of(Unit.IMAGE, count), Set.of(size, quality)));

        assertThat(cost(price, usage)).isEqualTo(cost);
    }

    @Test
    void speech_costs_what_its_characters_do() {
        assertThat(cost(of(Unit.CHARACTERS, "15"), more(Unit.CHARACTERS, 1000))).isEqualTo("0.015");
    }

    @Test
    void what_has_no_price_of_its_own_costs_what_its_like_does() {
        Price price = new Price(
                "v",
                "EUR",
                Map.of(Unit.INPUT, new BigDecimal(1), Unit.OUTPUT, new BigDecimal(10)),
                List.of(),
                List.of());
        Usage usage = new Usage(
                1000,
                100,
                100,
                40,
                Origin.REPORTED,
                new More(Map.of(Unit.CACHE_WRITE, 200L, Unit.AUDIO_OUTPUT, 10L), Set.of()));

        assertThat(cost(price, usage)).isEqualTo("0.002");
    }

    @Test
    void each_token_is_counted_once() {
        Price price = new Price(
                "v",
                "EUR",
                Map.of(
                        Unit.INPUT, new BigDecimal(1),
                        Unit.CACHED_INPUT, new BigDecimal(2),
                        Unit.CACHE_WRITE, new BigDecimal(4),
                        Unit.OUTPUT, new BigDecimal(8),
                        Unit.REASONING, new BigDecimal(16)));
        Usage usage = new Usage(100, 10, 50, 20, Origin.REPORTED, new More(Map.of(Unit.CACHE_WRITE, 30L), Set.of()));

        // 60 + 2*10 + 4*30 + 8*30 + 16*20
        assertThat(cost(price, usage)).isEqualTo("0.00076");
    }

    @Test
    void a_long_prompt_costs_another_price_for_the_whole_call() {
        Price price = new Price(
                "v",
                "USD",
                Map.of(Unit.INPUT, new BigDecimal("1.25"), Unit.OUTPUT, new BigDecimal(10)),
                List.of(
                        new Price.Tier(
                                200_000, Map.of(Unit.INPUT, new BigDecimal("2.5"), Unit.OUTPUT, new BigDecimal(15))),
                        new Price.Tier(500_000, Map.of(Unit.INPUT, new BigDecimal(5)))),
                List.of());

        assertThat(cost(price, new Usage(200_000, 0, 1000, 0, Origin.REPORTED))).isEqualTo("0.26");
        assertThat(cost(price, new Usage(200_001, 0, 1000, 0, Origin.REPORTED))).isEqualTo("0.5150025");
        assertThat(cost(price, new Usage(500_001, 0, 1000, 0, Origin.REPORTED))).isEqualTo("2.515005");
    }

    @Test
    void a_price_for_something_else_is_no_price() {
        assertThat(of(Unit.IMAGE, "0.08").cost(new Usage(5, 0, 5, 0, Origin.REPORTED)))
                .isEmpty();
        assertThat(tokens("1", "1", "1").cost(more(Unit.MINUTE, 1))).isEmpty();
        assertThat(of(Unit.MINUTE, "0.006")
                        .cost(new Usage(5, 0, 5, 0, Origin.REPORTED, new More(Map.of(Unit.MINUTE, 1000L), Set.of()))))
                .contains(new Money(new BigDecimal("0.0001"), "USD"));
    }

    @Test
    void nothing_used_costs_nothing() {
        assertThat(cost(of(Unit.IMAGE, "0.08"), new Usage(0, 0, 0, 0, Origin.REPORTED)))
                .isEqualTo("0");
    }

    @Test
    void a_call_may_have_a_price_of_its_own() {
        Price price = new Price("v", "USD", Map.of(Unit.INPUT, BigDecimal.ONE, Unit.CALL, new BigDecimal("0.005")));

        assertThat(cost(price, new Usage(1_000_000, 0, 0, 0, Origin.REPORTED))).isEqualTo("1.005");
    }

    @Test
    void the_most_that_tokens_can_cost_is_never_less_than_what_they_do() {
        Price price = new Price(
                "v",
                "USD",
                Map.of(
                        Unit.INPUT, new BigDecimal("0.33"),
                        Unit.CACHED_INPUT, new BigDecimal("0.04"),
                        Unit.CACHE_WRITE, new BigDecimal("0.41"),
                        Unit.OUTPUT, new BigDecimal("1.7"),
                        Unit.CALL, new BigDecimal("0.0001")),
                List.of(new Price.Tier(
                        500, Map.of(Unit.INPUT, new BigDecimal("0.2"), Unit.REASONING, new BigDecimal(3)))),
                List.of());
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long input = random.nextLong(1000);
            long output = random.nextLong(1000);
            long cached = random.nextLong(input + 1);
            Usage usage = new Usage(
                    input,
                    cached,
                    output,
                    random.nextLong(output + 1),
                    Origin.REPORTED,
                    new More(Map.of(Unit.CACHE_WRITE, random.nextLong(input - cached + 1)), Set.of()));

            assertThat(price.cost(usage).orElseThrow().amount())
                    .isLessThanOrEqualTo(
                            price.atMost(input, output).orElseThrow().amount());
        }
    }

    @Test
    void the_most_counts_the_dearest_variant_and_the_price_of_the_call() {
        Price price = new Price(
                "v",
                "USD",
                Map.of(Unit.INPUT, BigDecimal.ONE, Unit.OUTPUT, BigDecimal.TWO),
                List.of(),
                List.of(
                        new Price.Variant(Unit.OUTPUT, Set.of("priority"), new BigDecimal(5)),
                        new Price.Variant(Unit.CALL, Set.of("search"), new BigDecimal("0.01"))));

        assertThat(price.atMost(1_000_000, 1_000_000)).contains(new Money(new BigDecimal("6.01"), "USD"));
    }

    @Test
    void where_only_the_call_has_a_price_it_is_the_most() {
        assertThat(of(Unit.CALL, "0.005").atMost(1000, 1000)).contains(new Money(new BigDecimal("0.005"), "USD"));
        assertThat(of(Unit.MINUTE, "0.006").atMost(1000, 1000)).isEmpty();
    }

    private static String cost(Price price, Usage usage) {
        return price.cost(usage).orElseThrow().amount().toPlainString();
    }

    private static Price tokens(String input, String cached, String output) {
        return new Price(
                "v",
                "USD",
                Map.of(
                        Unit.INPUT, new BigDecimal(input),
                        Unit.CACHED_INPUT, new BigDecimal(cached),
                        Unit.OUTPUT, new BigDecimal(output)));
    }

    private static Price of(Unit unit, String price) {
        return new Price("v", "USD", Map.of(unit, new BigDecimal(price)));
    }

    private static Usage more(Unit unit, long amount) {
        return new Usage(0, 0, 0, 0, Origin.REPORTED, new More(Map.of(unit, amount), Set.of()));
    }

    private static Price.Variant image(String price, String... when) {
        return new Price.Variant(Unit.IMAGE, Set.of(when), new BigDecimal(price));
    }
}
