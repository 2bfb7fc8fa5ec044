package dev.drawbridge.registry.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Budget;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
    private static <T> T read(String json, Class<T> type) {
        return Documents.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void what_is_left_out_is_empty() {
        assertThat(read("{}", Team.class)).isEqualTo(new Team(""));
        assertThat(read("{\"name\":null,\"models\":null,\"limits\":{\"in-flight\":null}}", Team.class))
                .isEqualTo(new Team(""));
    }

    @Test
    void words_are_written_with_dashes() {
        ApiKey key = read(
                "{\"name\":\"k\",\"role\":\"team-lead\",\"expires\":\"2027-01-31T00:00:00Z\","
                        + "\"limits\":{\"requests-per-minute\":5},"
                        + "\"secret\":{\"prefix\":\"p\",\"hash\":\"h\"},"
                        + "\"budget\":{\"amount\":10.50,\"currency\":\"EUR\",\"period\":\"month\"}}",
                ApiKey.class);

        assertThat(key.limits()).isEqualTo(Map.of(Dimension.REQUESTS_PER_MINUTE, 5L));
        assertThat(key.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(key.budget()).hasValueSatisfying(budget -> {
            assertThat(budget.amount()).isEqualTo("10.50");
            assertThat(budget.softPercent()).isEqualTo(80);
        });
        assertThat(Documents.write(key))
                .contains("\"role\":\"team-lead\"", "\"requests-per-minute\":5", "\"soft-percent\":80")
                .contains("\"expires\":\"2027-01-31T00:00:00Z\"", "\"amount\":10.50");
        assertThat(Documents.stored(Documents.write(key), ApiKey.class)).isEqualTo(key);
    }

    @Test
    void what_was_stored_by_a_later_version_can_be_read() {
        assertThat(Documents.stored("{\"name\":\"a\",\"mood\":1}", Team.class)).isEqualTo(new Team("a"));
    }

    @Test
    void a_budget_of_all_calls_names_nobody() {
        assertThat(read(
                        "{\"name\":\"b\",\"scope\":{\"level\":\"all\"},\"amount\":1,\"currency\":\"EUR\",\"period\":\"day\"}",
                        Budget.class))
                .isEqualTo(new Budget("b", Scope.ALL, new BigDecimal(1), "EUR", Period.DAY, 80, java.util.List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"nmae":"a"}                            | nmae         | did you mean "name"
                    {"name":5}                              | name         | a text
                    {"limits":{"requests-per-second":1}}    | limits | says requests-per-second, which is not one of requests-per-minute
                    {"limits":{"in-flight":"many"}}         | limits.in-flight | a number
                    {"limits":{"in-flight":-1}}             |              | limit below zero: in-flight
                    {"models":"gpt"}                        | models       | a list
                    {"blocked":"perhaps"}                   | blocked      | true or false
                    {"budget":{"currency":"EUR","period":"day"}} | budget.amount | is missing
                    {"budget":{"amount":1,"currency":"EUR","period":"fortnight"}} | budget.period | one of day, week
                    {"budget":{"amount":-1,"currency":"EUR","period":"day"}} | budget | below zero
                    {"budget":{"amount":1,"currency":"Euro","period":"day"}} | budget | three capital letters
                    [1]                                     |              | an object
                    {"name":                                |              | not valid JSON
                    """)
    void what_is_wrong_is_told_with_its_field(String json, String field, String words) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> read(json, Team.class));

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.message()).contains(words);
        assertThat(failure.param().orElse(null)).isEqualTo(field);
    }
}
