package dev.drawbridge.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinishReasonTest {

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "end_turn, STOP",
        "stop_sequence, STOP",
        "load, STOP",
        "STOP, STOP",
        "'', STOP",
        "something new, STOP",
        "length, LENGTH",
        "model_length, LENGTH",
        "max_tokens, LENGTH",
        "MAX_TOKENS, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_calls, TOOL_CALLS",
        "tool_use, TOOL_CALLS",
        "tool_call, TOOL_CALLS",
        "function_call, FUNCTION_CALL",
        "content_filter, CONTENT_FILTER",
        "refusal, CONTENT_FILTER",
        "SAFETY, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "BLOCKLIST, CONTENT_FILTER",
        "PROHIBITED_CONTENT, CONTENT_FILTER"
    })
    void vendors_words_are_read(String word, FinishReason reason) {
        assertThat(FinishReason.of(word)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void openais_own_words_are_written_and_read(FinishReason reason) {
        assertThat(FinishReason.of(reason.wireName())).isEqualTo(reason);
        assertThat(reason.wireName()).isEqualTo(reason.wireName().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "abort"})
    void some_words_say_that_the_upstream_failed(String word) {
        assertThat(FinishReason.isFailure(word)).isTrue();
    }

    @Test
    void other_words_do_not() {
        assertThat(FinishReason.isFailure("stop")).isFalse();
        assertThat(FinishReason.isFailure("length")).isFalse();
    }
}
