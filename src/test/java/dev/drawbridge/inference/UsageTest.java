package dev.drawbridge.inference;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static dev.drawbridge.fakes.Lab.written;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @Test
    void all_figures_of_an_upstream_are_read() {
        assertThat(Usage.reported(json("""
                        {'prompt_tokens': 100, 'completion_tokens': 20, 'total_tokens': 120,
                         'prompt_tokens_details': {'cached_tokens': 60},
                         'completion_tokens_details': {'reasoning_tokens': 7}}"""))).contains(new Usage(100, 60, 20, 7, Usage.Origin.REPORTED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|0|0",
                "{'prompt_tokens': 5}|5|0",
                "{'prompt_tokens': 5, 'completion_tokens': null}|5|0",
                "{'prompt_tokens': 5, 'prompt_tokens_details': null, 'completion_tokens': 1}|5|1",
                "{'prompt_tokens': 3000000000, 'completion_tokens': 1}|3000000000|1"
            })
    void figures_that_are_missing_count_as_zero(String usage, long input, long output) {
        assertThat(Usage.reported(json(usage.replace('`', '\''))))
                .contains(new Usage(input, 0, output, 0, Usage.Origin.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "5", "'none'"})
    void what_is_no_usage_is_none(String usage) {
        assertThat(Usage.reported(json(usage))).isEmpty();
    }

    @Test
    void it_is_written_in_openais_form() {
        assertThat(written(new Usage(100, 60, 20, 7, Usage.Origin.REPORTED).toJson()))
                .isEqualTo(object("""
                {'prompt_tokens': 100, 'completion_tokens': 20, 'total_tokens': 120,
                 'prompt_tokens_details': {'cached_tokens': 60},
                 'completion_tokens_details': {'reasoning_tokens': 7}}"""));
    }

    @Test
    void details_that_are_zero_are_not_written() {
        assertThat(written(new Usage(1, 0, 2, 0, Usage.Origin.ESTIMATED).toJson()))
                .isEqualTo(object("{'prompt_tokens': 1, 'completion_tokens': 2, 'total_tokens': 3}"));
    }

    @Test
    void what_was_written_is_read_again() {
        Usage usage = new Usage(100, 60, 20, 7, Usage.Origin.REPORTED);

        assertThat(Usage.reported(usage.toJson())).contains(usage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'choices': [], 'usage': {'prompt_tokens': 1}}|true",
                "{'usage': {'prompt_tokens': 1}}|true",
                "{'choices': [], 'usage': null}|false",
                "{'choices': []}|false",
                "{'choices': [{'delta': {}}], 'usage': {'prompt_tokens': 1}}|false"
            })
    void the_usage_chunk_is_the_one_without_choices(String chunk, boolean isUsage) {
        assertThat(new ModelChunk(object(chunk)).isUsage()).isEqualTo(isUsage);
    }

    @Test
    void a_reply_tells_its_usage_if_it_has_one() {
        assertThat(new ModelReply(object("{'usage': {'prompt_tokens': 4}}")).usage())
                .contains(new Usage(4, 0, 0, 0, Usage.Origin.REPORTED));
        assertThat(new ModelReply(object("{}")).usage()).isEmpty();
    }
}
